// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

/**
 * What Derby wrote to one of its containers: a page, or the head of a container's first page.
 *
 * @param file name of the container
 * @param at where in it
 */
record HeldPage(String file, long at, byte[] bytes) {

    boolean covers(HeldPage other) {
        return file.equals(other.file) && at <= other.at && at + bytes.length >= other.at + other.bytes.length;
    }

    /** Puts what of this lies there over what was read of the file from a position on. */
    void over(byte[] read, int offset, int length, long from) {
        long begin = Math.max(at, from);
        long end = Math.min(at + bytes.length, from + length);
        if (begin < end) {
            System.arraycopy(bytes, (int) (begin - at), read, offset + (int) (begin - from), (int) (end - begin));
        }
    }
}
