// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.coppercube.api.trend.TrendLogId;

/**
 * Drops chunks in two steps. First they are taken out of the accounts, and no reader who begins then sees them; appends
 * wait for one short transaction at most. Then, when those have ended who were reading before, the rows are deleted,
 * beside the appends. Killed in between, rows are left that nobody sees; they are deleted after the next start.
 */
final class Deletion {

    private static final long NANOS_A_TRANSACTION = TimeUnit.MILLISECONDS.toNanos(50);
    /** Well below the 5,000 from which on Derby locks the whole table. */
    private static final int ROWS_A_TRANSACTION = 500;
    private static final Duration WAIT_FOR_READERS = Duration.ofSeconds(1);

    private final Database database;
    private final Writer writer;
    private final Current current;
    private final Readers readers;
    private final ArchiveHealth health;
    /** Whose rows may be there still; all at the start, for who knows how the process before ended. */
    private final Set<TrendLogId> unfinished;
    private int done;
    private long bytes;

    Deletion(Database database, Writer writer, Current current, Readers readers, ArchiveHealth health) {
        this.database = database;
        this.writer = writer;
        this.current = current;
        this.readers = readers;
        this.health = health;
        this.unfinished = new HashSet<>(current.get().logs().keySet());
    }

    /** @return about how many bytes there are less */
    long drop(List<Cut> cuts) throws SQLException, InterruptedException {
        bytes = 0;
        for (done = 0; done < cuts.size();) {
            int from = done;
            writer.write("drop what need not be kept", (to, before) -> drop(to, before, cuts));
            cuts.subList(from, done).forEach(cut -> unfinished.add(cut.log()));
            finish();
        }
        return bytes;
    }

    /** Deletes the rows of what was dropped. @return whether none is left */
    boolean finish() throws SQLException, InterruptedException {
        if (!unfinished.isEmpty() && readers.awaitEarlier(WAIT_FOR_READERS)) {
            Collection<LogState> logs = current.get().logs().values().stream()
                    .filter(log -> unfinished.contains(log.log().id()) && log.dropped().position() > 0).toList();
            database.use(connection -> {
                int rows = 0;
                for (LogState log : logs) {
                    rows += new ChunkIndex(connection).delete(log);
                    if (rows > ROWS_A_TRANSACTION) {
                        connection.commit();
                        rows = 0;
                    }
                }
                connection.commit();
                return null;
            });
            unfinished.clear();
        }
        return unfinished.isEmpty();
    }

    private Contents drop(Connection to, Contents before, List<Cut> cuts) throws SQLException {
        Contents contents = before;
        long end = System.nanoTime() + NANOS_A_TRANSACTION;
        do {
            Cut cut = cuts.get(done);
            done++;
            if (cut.passing() || cut.position() <= contents.bookmarks().lowest()) { // it may have gone back
                Dropping dropping = new Dropping(contents.bookmarks());
                contents = dropping.drop(to, contents, contents.logs().get(cut.log()), cut.position(), health);
                bytes += dropping.bytes();
            }
        } while (done < cuts.size() && System.nanoTime() < end);
        return contents;
    }
}
