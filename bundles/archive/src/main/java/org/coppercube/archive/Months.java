// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.coppercube.api.archive.MonthDigest;

/** The digests of a log's months: of all chunks of a month the last one's value of the hash chain. */
final class Months {

    private static final long DAY = 8_640_000;
    private static final String SELECT = """
            SELECT last_time, first_record + records AS done, chain
            FROM chunk --DERBY-PROPERTIES constraint=CHUNK_KEY
            WHERE log_id = ? AND last_position >= 0 AND last_position <= ?
            ORDER BY log_id, last_position""";

    private Months() {
    }

    static List<MonthDigest> digests(Connection connection, LogState log) throws SQLException {
        SortedMap<YearMonth, MonthDigest> months = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setInt(1, log.id());
            select.setLong(2, log.sealed().position());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    YearMonth month = month(row.getLong("last_time"));
                    months.put(month, new MonthDigest(month, row.getLong("done"),
                            HexFormat.of().formatHex(row.getBytes("chain"))));
                }
            }
        }
        return new ArrayList<>(months.values());
    }

    /** A time that no calendar can say is of the first or the last month that one can. */
    private static YearMonth month(long time) {
        long day = Math.floorDiv(time, DAY);
        return YearMonth.from(LocalDate.ofEpochDay(
                Math.max(LocalDate.MIN.toEpochDay(), Math.min(LocalDate.MAX.toEpochDay(), day))));
    }
}
