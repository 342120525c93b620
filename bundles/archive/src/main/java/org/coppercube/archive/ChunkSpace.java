// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The room that table chunk takes with its key, in bytes. Derby never gives a page back to the disk; it fills those
 * that are free before the file grows on.
 *
 * @param used what pages with chunks take (Derby counts no free page among its allocated ones)
 * @param free what pages without take
 */
record ChunkSpace(long used, long free) {

    static ChunkSpace read(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                    "SELECT numallocatedpages, numfreepages, pagesize FROM TABLE(SYSCS_DIAG.SPACE_TABLE('CHUNK')) s");
                ResultSet row = select.executeQuery()) {
            long used = 0;
            long free = 0;
            while (row.next()) {
                used += row.getLong(1) * row.getLong(3);
                free += row.getLong(2) * row.getLong(3);
            }
            return new ChunkSpace(used, free);
        }
    }
}
