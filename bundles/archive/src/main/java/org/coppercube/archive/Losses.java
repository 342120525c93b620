// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.Loss;
import org.coppercube.api.trend.TrendLogId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is lost, from sums that are kept, so that nobody who asks waits for a search through all samples. */
final class Losses {

    private static final Logger LOG = LoggerFactory.getLogger(Losses.class);

    private final Database database;
    private final Current current;

    Losses(Database database, Current current) {
        this.database = database;
        this.current = current;
    }

    List<Loss> between(LocalDate from, LocalDate to) {
        Map<Integer, TrendLogId> logs = new HashMap<>();
        current.get().logs().forEach((id, state) -> logs.put(state.id(), id));
        try {
            return database.use(connection -> LossTable.read(connection, logs, from, to));
        } catch (SQLException e) {
            String why = Database.reason(e);
            throw new ArchiveException("The archive cannot tell its losses now (" + why + "); ask again", e);
        }
    }

    /**
     * Counts anew, from the gaps, where the sums do not amount to what is lost: after damage to the sums or to the
     * journal.
     */
    static void recount(Connection connection, Contents contents, ArchiveHealth health) throws SQLException {
        Map<Integer, Long> totals = LossTable.totals(connection);
        Map<Integer, LogState> wrong = contents.logs().values().stream()
                .filter(log -> log.now().lost() != totals.getOrDefault(log.id(), 0L))
                .collect(Collectors.toMap(LogState::id, log -> log));
        if (wrong.isEmpty()) {
            return;
        }
        LOG.info("What was lost of {} logs is counted anew, by day and cause", wrong.size());
        LossTable.delete(connection, wrong.keySet());
        ChunkTable chunks = new ChunkTable(connection, new ChunkCache(), health);
        for (LogState log : wrong.values()) {
            LossTable.add(connection, log.id(), sums(log, chunks));
        }
        connection.commit();
    }

    private static LossSums sums(LogState log, ChunkTable chunks) throws SQLException {
        LossSums sums = new LossSums();
        chunks.visit(log, 0, Times.ALL, chunk -> {
            if (chunk.lost() > 0) {
                try {
                    sums.add(chunk.open().samples());
                } catch (DamagedChunkException e) {
                    LOG.debug("Left out of the losses", e);
                }
            }
            return true;
        });
        log.head().from(0, Times.ALL).ifPresent(head -> sums.add(head.samples()));
        return sums;
    }
}
