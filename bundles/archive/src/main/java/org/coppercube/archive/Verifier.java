// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.DataFormatException;
import org.coppercube.api.archive.Finding;
import org.coppercube.api.archive.Verification;
import org.coppercube.api.archive.Watch;
import org.coppercube.api.trend.TrendLogId;

/**
 * One verification: compares what is stored with itself, chunk by chunk, each log as it was at some moment. It holds
 * nobody up; only where something does not fit that may just be changing, the writer waits while it is compared again.
 */
final class Verifier {

    private final Database database;
    private final Current current;
    private final Writer writer;
    private final Watch watch;
    private final Claims claims;
    private final List<Finding> findings = new ArrayList<>();
    private boolean goesOn = true;
    private int logs;
    private long chunks;
    private long records;
    private long all;

    Verifier(Database database, Current current, Writer writer, Watch watch) {
        this.database = database;
        this.current = current;
        this.writer = writer;
        this.watch = watch;
        this.claims = new Claims(current.get().end());
    }

    /** @param wanted none for all there is */
    Verification verify(Collection<TrendLogId> wanted) throws SQLException {
        Contents contents = current.get();
        Collection<TrendLogId> ids = wanted.isEmpty() ? contents.logs().keySet() : wanted;
        all = ids.stream().mapToLong(id -> contents.require(id).now().records()).sum();
        Map<Integer, Long> sums = database.use(LossTable::prints);
        for (TrendLogId id : ids.stream().sorted().toList()) {
            if (goesOn) {
                verify(id, sums);
            }
        }
        if (wanted.isEmpty() && goesOn) {
            verifyJournal(contents);
        }
        return new Verification(goesOn, logs, chunks, records, List.copyOf(findings));
    }

    private void verify(TrendLogId id, Map<Integer, Long> sums) throws SQLException {
        long before = records;
        LogState log;
        LogAudit audit;
        do {
            log = asStored(id);
            audit = new LogAudit(log, claims);
            records = before;
            verify(log, audit);
        } while (goesOn && !log.dropped().equals(current.get().require(id).dropped())); // chunks went meanwhile
        findings.addAll(audit.findings());
        chunks += audit.chunks();
        if (goesOn) {
            logs++;
            if (audit.isWhole() && audit.losses().print() != sums.getOrDefault(log.id(), 0L)) {
                compareLosses(log, audit.losses());
            }
        }
    }

    private void verify(LogState log, LogAudit audit) throws SQLException {
        long sealed = log.sealed().position();
        long position = log.dropped().position();
        List<ChunkRow> page;
        do {
            long after = position;
            page = database.use(connection -> ChunkRow.after(connection, log, after, sealed));
            for (ChunkRow row : page) {
                audit.add(row);
                position = row.block().last();
                proceed(row.block().count());
                if (!goesOn) {
                    return;
                }
            }
        } while (!page.isEmpty());
        audit.end();
        proceed(log.headCount());
    }

    private void proceed(int count) {
        records += count;
        goesOn = watch.goesOn(records, Math.max(all, records));
    }

    /** The log as memory and database have it; the memory's, if they do not agree while nobody writes. */
    private LogState asStored(TrendLogId id) throws SQLException {
        LogState state = current.get().require(id);
        if (database.use(connection -> isAsStored(state, connection))) {
            return state;
        }
        List<LogState> settled = new ArrayList<>();
        writer.write("compare its logs with the database", (connection, now) -> { // it may just be changing
            settled.add(now.require(id));
            if (!isAsStored(settled.get(0), connection)) {
                findings.add(new Finding(Optional.of(id), "What table trend_log says of " + id
                        + " is not what was stored", LogAudit.RESTORE));
            }
            return now;
        });
        return settled.get(0);
    }

    private static boolean isAsStored(LogState state, Connection connection) throws SQLException {
        try {
            return LogTable.find(connection, state.id()).filter(row -> row.log().equals(state.log())
                    && row.sealed().equals(state.sealed()) && row.dropped().equals(state.dropped())
                    && Objects.equals(row.chosen(), state.chosen())).isPresent();
        } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException e) { // no log has such a row
            return false;
        }
    }

    private void compareLosses(LogState log, LossSums losses) {
        writer.write("compare its sums of losses", (connection, now) -> {
            LogState newest = now.require(log.log().id());
            try {
                addAfter(log.now().position(), newest, connection, losses);
            } catch (DataFormatException e) {
                return now; // it was stored a moment ago, and the next verification finds it
            }
            if (losses.print() != LossTable.prints(connection).getOrDefault(log.id(), 0L)) {
                findings.add(new Finding(Optional.of(log.log().id()), "The sums of what is lost of " + log.log().id()
                        + " do not fit its gaps", "no sample is touched; restore a backup to have the sums again"));
            }
            return now;
        });
    }

    private static void addAfter(long position, LogState log, Connection connection, LossSums losses)
            throws SQLException, DataFormatException {
        long done = position;
        List<ChunkRow> page;
        do {
            page = ChunkRow.after(connection, log, done, log.sealed().position());
            for (ChunkRow row : page) {
                Stretch stretch = row.block().open();
                losses.add(stretch.part(stretch.indexOf(position + 1), stretch.samples().size()).samples());
                done = row.block().last();
            }
        } while (!page.isEmpty());
        log.head().from(position + 1, Times.ALL).ifPresent(head -> losses.add(head.samples()));
    }

    private void verifyJournal(Contents contents) throws SQLException {
        database.use(connection -> {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED); // a row is whole or not there
            return Journal.read(connection, contents, new Journal.Reader() {
                @Override
                public void block(long row, int log, Block block) {
                    // what the blocks hold is in memory, and was verified there
                }

                @Override
                public void damage(long row, int log, Block block) {
                    damage(row);
                }

                @Override
                public void damage(long row) {
                    findings.add(new Finding(Optional.empty(), "Row " + row + " of the journal is damaged",
                            "what it holds is still in memory; it is safe when its logs are sealed or the journal is"
                                    + " written anew, so restart later, or restore a backup"));
                }
            });
        });
    }
}
