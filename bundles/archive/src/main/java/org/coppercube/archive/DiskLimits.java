// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

/**
 * What must stay free on the disk.
 *
 * @param warnPercent from so full on there is a warning
 * @param stopBytes with less free, nothing more is taken in; 0 for never
 * @param ballastBytes size of the file that is thrown overboard then; 0 for none
 */
record DiskLimits(int warnPercent, long stopBytes, long ballastBytes) {
}
