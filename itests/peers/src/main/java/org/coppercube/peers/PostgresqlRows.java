// SPDX-License-Identifier: Apache-2.0
package org.coppercube.peers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.coppercube.archive.bench.SqlRows;
import org.coppercube.archive.bench.Store;
import org.coppercube.archive.bench.Trend;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL with its own settings, filled by binary COPY, the quickest way in. */
final class PostgresqlRows extends SqlRows {

    private static final byte[] HEAD = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int ROW = 2 + 4 + 4 + 4 + 4 + 4 + 8 + 4 + 2 + 4 + 4;
    private static final String USER = "bench";

    private final Connection connection;
    private final List<Trend> trends;

    private PostgresqlRows(Connection connection, List<Trend> trends, Server server) throws SQLException {
        super(connection, trends, () -> server.stop("INT"));
        this.connection = connection;
        this.trends = trends;
    }

    static Store open(Path directory, List<Trend> trends) throws IOException, SQLException {
        String programs = programs().toString();
        Path log = directory.resolveSibling("postgresql.log");
        boolean fresh = Files.notExists(directory);
        if (fresh) {
            Server.giveAway(Files.createDirectories(directory));
            Server.run(log, Server.unprivileged(List.of(programs + "/initdb", "-D", directory.toString(), "-U", USER,
                    "-A", "trust", "-E", "UTF8", "--locale=C")));
        }
        int port = Server.freePort();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres");
        source.setUser(USER);
        Server server = Server.start(log, Server.unprivileged(List.of(programs + "/postgres", "-D",
                directory.toString(), "-p", Integer.toString(port), "-c", "listen_addresses=127.0.0.1", "-c",
                "unix_socket_directories=")), () -> {
                    source.getConnection().close();
                    return true;
                });
        Connection connection = source.getConnection();
        if (fresh) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(TABLE);
            }
        }
        return new PostgresqlRows(connection, trends, server);
    }

    @Override
    public void append(List<Piece> pieces) throws SQLException {
        int samples = pieces.stream().mapToInt(piece -> piece.to() - piece.from()).sum();
        ByteBuffer rows = ByteBuffer.allocate(HEAD.length + samples * ROW + 2).put(HEAD);
        for (Piece piece : pieces) {
            Trend trend = trends.get(piece.log());
            for (int i = piece.from(); i < piece.to(); i++) {
                rows.putShort((short) 5);
                rows.putInt(4).putInt(piece.log()).putInt(4).putInt(i);
                rows.putInt(8).putLong(trend.time(i)).putInt(2).putShort((short) kind(trend, i));
                if (Float.isNaN(trend.value(i))) {
                    rows.putInt(-1);
                } else {
                    rows.putInt(4).putFloat(trend.value(i));
                }
            }
        }
        rows.putShort((short) -1);
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY sample FROM STDIN (FORMAT binary)");
        copy.writeToCopy(rows.array(), 0, rows.position());
        copy.endCopy();
        connection.commit();
    }

    /** The newest there is. */
    private static Path programs() throws IOException {
        try (Stream<Path> versions = Files.list(Server.root().resolve("usr/lib/postgresql"))) {
            return versions.max(Comparator.comparing(path -> Integer.valueOf(path.getFileName().toString())))
                    .orElseThrow().resolve("bin");
        }
    }
}
