// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLog.LoggedProperty;
import org.coppercube.api.trend.TrendLogId;

/** Table trend_log: a row a log, with its {@link LogState#sealed} progress. */
final class LogTable {

    private LogTable() {
    }

    static List<LogState> load(Connection connection) throws SQLException {
        List<LogState> states = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT * FROM trend_log");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                states.add(state(row));
            }
        }
        return states;
    }

    /** One log as it is committed. @throws RuntimeException if its row cannot be a log's */
    static Optional<LogState> find(Connection connection, int log) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        try (PreparedStatement select = connection.prepareStatement("SELECT * FROM trend_log WHERE log_id = ?")) {
            select.setInt(1, log);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(state(row)) : Optional.empty();
            }
        }
    }

    static void insert(Connection connection, LogState state) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO trend_log (log_name, device_name,"
                + " object_name, logged_device, logged_object, logged_property, units, time_zone, log_interval,"
                + " buffer_size, log_id, trend_log, records, last_position, run, last_sequence, samples, lost,"
                + " first_time, last_time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0, 0, 0)")) {
            describe(insert, state.log());
            insert.setInt(11, state.id());
            insert.setString(12, state.log().id().toString());
            insert.executeUpdate();
        }
    }

    static void updateDescription(Connection connection, LogState state) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE trend_log SET log_name = ?,"
                + " device_name = ?, object_name = ?, logged_device = ?, logged_object = ?, logged_property = ?,"
                + " units = ?, time_zone = ?, log_interval = ?, buffer_size = ? WHERE log_id = ?")) {
            describe(update, state.log());
            update.setInt(11, state.id());
            update.executeUpdate();
        }
    }

    static void updateChosen(Connection connection, LogState state) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE trend_log SET chosen = ? WHERE log_id = ?")) {
            update.setBoolean(1, state.chosen());
            update.setInt(2, state.id());
            update.executeUpdate();
        }
    }

    static void updateSealed(Connection connection, LogState state) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE trend_log SET records = ?,"
                + " last_position = ?, run = ?, last_sequence = ?, last_sample = ?, samples = ?, lost = ?,"
                + " first_time = ?, last_time = ?, last_chain = ? WHERE log_id = ?")) {
            Progress sealed = state.sealed();
            update.setLong(1, sealed.records());
            update.setLong(2, sealed.position());
            update.setInt(3, sealed.run());
            update.setLong(4, sealed.sequence());
            update.setBytes(5, sealed.device() == null ? null : bytes(sealed.device()));
            update.setLong(6, sealed.samples());
            update.setLong(7, sealed.lost());
            update.setLong(8, sealed.earliest());
            update.setLong(9, sealed.latest());
            update.setBytes(10, octets(sealed.chain()));
            update.setInt(11, state.id());
            update.executeUpdate();
        }
    }

    static void updateDropped(Connection connection, LogState state) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE trend_log SET dropped_records = ?,"
                + " dropped_position = ?, dropped_chain = ?, samples = ?, lost = ?, first_time = ?, last_time = ?"
                + " WHERE log_id = ?")) {
            update.setLong(1, state.dropped().records());
            update.setLong(2, state.dropped().position());
            update.setBytes(3, octets(state.dropped().chain()));
            update.setLong(4, state.sealed().samples());
            update.setLong(5, state.sealed().lost());
            update.setLong(6, state.sealed().earliest());
            update.setLong(7, state.sealed().latest());
            update.setInt(8, state.id());
            update.executeUpdate();
        }
    }

    private static void describe(PreparedStatement to, TrendLog log) throws SQLException {
        to.setString(1, log.name());
        to.setString(2, log.deviceName());
        to.setString(3, log.objectName());
        if (log.logged() == null) {
            to.setNull(4, Types.INTEGER);
            to.setNull(5, Types.VARCHAR);
            to.setNull(6, Types.VARCHAR);
        } else {
            to.setInt(4, log.logged().device());
            to.setString(5, log.logged().object());
            to.setString(6, log.logged().property());
        }
        to.setString(7, log.units());
        to.setString(8, log.timeZone().getId());
        to.setLong(9, log.interval().toMillis() / 10);
        to.setLong(10, log.bufferSize());
    }

    private static TrendLog description(ResultSet row) throws SQLException {
        int device = row.getInt("logged_device");
        LoggedProperty logged = row.wasNull() ? null
                : new LoggedProperty(device, row.getString("logged_object"), row.getString("logged_property"));
        return new TrendLog(TrendLogId.parse(row.getString("trend_log")), row.getString("log_name"),
                row.getString("device_name"), row.getString("object_name"), logged, row.getString("units"),
                ZoneId.of(row.getString("time_zone")), Duration.ofMillis(10 * row.getLong("log_interval")),
                row.getLong("buffer_size"));
    }

    private static LogState state(ResultSet row) throws SQLException {
        Boolean chosen = row.getBoolean("chosen");
        if (row.wasNull()) {
            chosen = null;
        }
        Progress sealed = progress(row);
        Dropped dropped = new Dropped(row.getLong("dropped_records"), row.getLong("dropped_position"),
                hex(row.getBytes("dropped_chain")));
        return new LogState(row.getInt("log_id"), description(row), chosen, dropped, sealed, sealed, Head.NONE);
    }

    private static Progress progress(ResultSet row) throws SQLException {
        byte[] device = row.getBytes("last_sample");
        return new Progress(row.getLong("records"), row.getLong("last_position"), row.getInt("run"),
                row.getLong("last_sequence"),
                device == null ? null : SampleCodec.read(1, new ByteReader(device)).get(0), row.getLong("samples"),
                row.getLong("lost"), row.getLong("first_time"), row.getLong("last_time"),
                hex(row.getBytes("last_chain")));
    }

    private static byte[] octets(String hex) {
        return hex == null ? null : HexFormat.of().parseHex(hex);
    }

    private static String hex(byte[] bytes) {
        return bytes == null ? null : HexFormat.of().formatHex(bytes);
    }

    private static byte[] bytes(Sample sample) {
        ByteWriter out = new ByteWriter();
        SampleCodec.write(List.of(sample), out);
        return out.toByteArray();
    }
}
