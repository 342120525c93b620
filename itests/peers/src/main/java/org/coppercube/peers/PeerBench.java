// SPDX-License-Identifier: Apache-2.0
package org.coppercube.peers;

import java.nio.file.Path;
import java.util.Map;
import org.coppercube.archive.bench.Bench;
import org.coppercube.archive.bench.Delivery;
import org.coppercube.archive.bench.SqlRows;
import org.coppercube.archive.bench.Store;
import org.coppercube.archive.bench.Trends;

/** Gives one of the peers the work that the archive is given. */
final class PeerBench {

    private record Peer(Store.Opening opening, Delivery delivery) {
    }

    private static final Map<String, Peer> PEERS = Map.of(
            "sqlite-rows", new Peer(SqliteRows::open, Delivery.SMALL),
            "postgresql-rows", new Peer(PostgresqlRows::open, Delivery.SMALL),
            "duckdb", new Peer(DuckdbRows::open, Delivery.SMALL),
            "tsfile", new Peer(TsFile::open, Delivery.BULK),
            "victoriametrics", new Peer(VictoriaMetrics::new, Delivery.SMALL));

    private PeerBench() {
    }

    /** @param arguments name of the peer, directory of the trends, directory to write to */
    public static void main(String[] arguments) throws Exception {
        Peer peer = PEERS.get(arguments[0]);
        Path directory = Path.of(arguments[2], "store");
        Bench bench = new Bench("archive.peer." + arguments[0] + ".", peer.opening, Trends.load(Path.of(arguments[1])));
        bench.ingest(directory, peer.delivery);
        bench.scan(directory, SqlRows.YEAR);
    }
}
