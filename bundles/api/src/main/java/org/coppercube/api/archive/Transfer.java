// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.archive;

/**
 * What an export or an import came to.
 *
 * @param logs how many logs the file has
 * @param records how many records
 * @param added how many of these the archive had not before; 0 for an export
 * @param sha256 the check sum at the end of the file, in lower-case hexadecimal
 */
public record Transfer(int logs, long records, long added, String sha256) {
}
