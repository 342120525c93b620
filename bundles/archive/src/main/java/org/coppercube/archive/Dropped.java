// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

/**
 * What retention has taken from the beginning of a log: whole chunks, oldest first. Their rows may be there for a while
 * yet, but nobody looks at them any more.
 *
 * @param records how many records, gaps among them: the ordinal of the first one kept
 * @param position feed position of the last of them; 0 when nothing is dropped
 * @param chain value of the hash chain at the last of them; null when nothing is dropped
 */
record Dropped(long records, long position, String chain) {

    static final Dropped NONE = new Dropped(0, 0, null);
}
