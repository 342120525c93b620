// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.coppercube.api.archive.Loss;
import org.coppercube.api.trend.Reading.Gap.Cause;
import org.coppercube.api.trend.TrendLogId;

/** Table loss: the {@link LossSums} of every log. It changes in the transaction that stores the gaps. */
final class LossTable {

    private static final Comparator<Loss> ORDER =
            Comparator.comparing(Loss::log).thenComparing(Loss::day).thenComparing(Loss::cause);

    private LossTable() {
    }

    static void add(Connection connection, int log, LossSums more) throws SQLException {
        if (more.records().isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement("UPDATE loss SET records = records + ?"
                    + " WHERE loss_day = ? AND log_id = ? AND cause = ?");
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO loss (records, loss_day, log_id, cause) VALUES (?, ?, ?, ?)")) {
            for (Map.Entry<LossSums.Key, Long> sum : more.records().entrySet()) {
                if (put(update, log, sum) == 0) {
                    put(insert, log, sum);
                }
            }
        }
    }

    /** Takes off what the history has no more. */
    static void subtract(Connection connection, int log, LossSums fewer) throws SQLException {
        if (fewer.records().isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement("UPDATE loss SET records = records - ?"
                    + " WHERE loss_day = ? AND log_id = ? AND cause = ?");
                PreparedStatement delete = connection.prepareStatement(
                        "DELETE FROM loss WHERE records <= ? AND loss_day = ? AND log_id = ? AND cause = ?")) {
            for (Map.Entry<LossSums.Key, Long> sum : fewer.records().entrySet()) {
                put(update, log, sum);
                put(delete, log, Map.entry(sum.getKey(), 0L));
            }
        }
    }

    /**
     * The sums of some days, of the logs given by their numbers.
     *
     * @param connection waits for what is being written, which may yet be taken back
     */
    static List<Loss> read(Connection connection, Map<Integer, TrendLogId> logs, LocalDate from, LocalDate to)
            throws SQLException {
        List<Loss> losses = new ArrayList<>();
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT loss_day, log_id, cause, records FROM loss --DERBY-PROPERTIES constraint=LOSS_KEY
                WHERE loss_day >= ? AND loss_day < ?""")) {
            select.setLong(1, from.toEpochDay());
            select.setLong(2, to.toEpochDay());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    TrendLogId log = logs.get(row.getInt("log_id"));
                    if (log != null) { // else it is newer than the question
                        losses.add(new Loss(log, LocalDate.ofEpochDay(row.getLong("loss_day")),
                                Cause.values()[row.getInt("cause")], row.getLong("records")));
                    }
                }
            }
        }
        losses.sort(ORDER);
        return losses;
    }

    /** What is lost of each log in all, by its number. */
    static Map<Integer, Long> totals(Connection connection) throws SQLException {
        Map<Integer, Long> totals = new HashMap<>();
        visit(connection, (log, day, cause, records) -> totals.merge(log, records, Long::sum));
        return totals;
    }

    /** {@link LossSums#print} of each log, by its number. */
    static Map<Integer, Long> prints(Connection connection) throws SQLException {
        Map<Integer, Long> prints = new HashMap<>();
        visit(connection, (log, day, cause, records) ->
                prints.merge(log, LossSums.print(day, cause, records), Long::sum));
        return prints;
    }

    /** Forgets the sums of these logs. */
    static void delete(Connection connection, Set<Integer> logs) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT loss_day, log_id, cause FROM loss");
                PreparedStatement delete = connection.prepareStatement(
                        "DELETE FROM loss WHERE loss_day = ? AND log_id = ? AND cause = ?");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                if (logs.contains(row.getInt("log_id"))) {
                    delete.setLong(1, row.getLong("loss_day"));
                    delete.setInt(2, row.getInt("log_id"));
                    delete.setInt(3, row.getInt("cause"));
                    delete.executeUpdate();
                }
            }
        }
    }

    /** Called with each row. */
    private interface Visitor {
        void visit(int log, long day, int cause, long records);
    }

    private static void visit(Connection connection, Visitor visitor) throws SQLException {
        try (PreparedStatement select =
                    connection.prepareStatement("SELECT log_id, loss_day, cause, records FROM loss");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                visitor.visit(row.getInt(1), row.getLong(2), row.getInt(3), row.getLong(4));
            }
        }
    }

    private static int put(PreparedStatement statement, int log, Map.Entry<LossSums.Key, Long> sum)
            throws SQLException {
        statement.setLong(1, sum.getValue());
        statement.setLong(2, sum.getKey().day());
        statement.setInt(3, log);
        statement.setInt(4, sum.getKey().cause().ordinal());
        return statement.executeUpdate();
    }
}
