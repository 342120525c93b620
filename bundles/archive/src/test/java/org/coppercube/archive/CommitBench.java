// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.coppercube.archive.bench.Store.Piece;
import org.coppercube.archive.bench.Trend;
import org.coppercube.archive.bench.Trends;

/**
 * Commits visits of one device with 20 logs, 16 samples of each, for somebody who watches what reaches the disk. A
 * file {@code begin} is made before the first that is to be counted, and a file {@code end} after the last.
 */
final class CommitBench {

    private static final int BATCH = 16;
    private static final int TO_WARM_UP = 50;

    private CommitBench() {
    }

    /** @param arguments directory of the trends, directory to write to, number of commits */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[1]);
        int commits = Integer.parseInt(arguments[2]);
        List<Trend> trends = Trends.load(Path.of(arguments[0])).subList(0, ArchiveStore.LOGS_A_DEVICE).stream()
                .map(trend -> trend.repeated(0, BATCH * (TO_WARM_UP + commits))).toList();
        try (ArchiveStore store = new ArchiveStore(directory.resolve("archive"), trends)) {
            IntStream.range(0, TO_WARM_UP).forEach(visit -> append(store, visit));
            Files.createFile(directory.resolve("begin"));
            IntStream.range(TO_WARM_UP, TO_WARM_UP + commits).forEach(visit -> append(store, visit));
            Files.createFile(directory.resolve("end"));
        }
    }

    private static void append(ArchiveStore store, int visit) {
        store.append(IntStream.range(0, ArchiveStore.LOGS_A_DEVICE)
                .mapToObj(log -> new Piece(log, visit * BATCH, (visit + 1) * BATCH)).toList());
    }
}
