// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SortedMap;
import java.util.TreeMap;

/** Table bookmark: a row a reader. */
final class BookmarkTable {

    private BookmarkTable() {
    }

    static Bookmarks load(Connection connection) throws SQLException {
        SortedMap<String, Long> positions = new TreeMap<>();
        SortedMap<String, Long> missed = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT * FROM bookmark");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                positions.put(row.getString("reader"), row.getLong("position_taken"));
                if (row.getLong("missed") > 0) {
                    missed.put(row.getString("reader"), row.getLong("missed"));
                }
            }
        }
        return new Bookmarks(positions, missed);
    }

    static void put(Connection connection, Bookmarks bookmarks, String reader) throws SQLException {
        if (execute(connection, "UPDATE bookmark SET position_taken = ?, missed = ? WHERE reader = ?", bookmarks,
                reader) == 0) {
            execute(connection, "INSERT INTO bookmark (position_taken, missed, reader) VALUES (?, ?, ?)", bookmarks,
                    reader);
        }
    }

    static void delete(Connection connection, String reader) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM bookmark WHERE reader = ?")) {
            delete.setString(1, reader);
            delete.executeUpdate();
        }
    }

    private static int execute(Connection connection, String sql, Bookmarks bookmarks, String reader)
            throws SQLException {
        try (PreparedStatement put = connection.prepareStatement(sql)) {
            put.setLong(1, bookmarks.positions().get(reader));
            put.setLong(2, bookmarks.missed().getOrDefault(reader, 0L));
            put.setString(3, reader);
            return put.executeUpdate();
        }
    }
}
