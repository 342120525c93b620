// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.archive.Transfer;
import org.coppercube.api.archive.Watch;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;

/** One import: reads the file once to see whether all of it fits, and once to store what is new. */
final class Importer {

    /** In one append: some 100 kB in the file, a few MB in memory. */
    private static final int SAMPLES = 32_768;

    private final Database database;
    private final Current current;
    private final Intake intake;
    private final Path file;
    private final Optional<String> site;
    private final Watch watch;
    /** How many records of each log of the file are here already. */
    private final Map<TrendLogId, Long> known = new HashMap<>();
    private final List<TrendLog> unknown = new ArrayList<>();
    private long size;

    Importer(Database database, Current current, Intake intake, Path file, Optional<String> site, Watch watch) {
        this.database = database;
        this.current = current;
        this.intake = intake;
        this.file = file;
        this.site = site;
        this.watch = watch;
    }

    Transfer read() {
        Transfer checked;
        try {
            size = Files.size(file);
            checked = new ExportReader(file).read(new Check());
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read (" + e + ")", e);
        }
        intake.describe(unknown);
        try {
            Store store = new Store();
            Transfer stored = new ExportReader(file).read(store);
            store.flush();
            return new Transfer(stored.logs(), stored.records(), store.added, checked.sha256());
        } catch (IOException | IllegalArgumentException e) {
            throw new ArchiveException(file + " could be read once, and not again (" + e.getMessage()
                    + "); what was imported stays, import it again", e);
        }
    }

    private TrendLog renamed(TrendLog log) {
        TrendLogId id = log.id();
        return site.isEmpty() ? log : new TrendLog(
                new TrendLogId(site.get(), id.device(), id.kind(), id.instance(), id.member()), log.name(),
                log.deviceName(), log.objectName(), log.logged(), log.units(), log.timeZone(), log.interval(),
                log.bufferSize());
    }

    /** The first reading: compares the file with what is here. */
    private final class Check implements ExportReader.Visitor {
        private final Deque<Stretch> here = new ArrayDeque<>();
        private TrendLogId log;
        private String from = "";
        private LogRecords records;
        private int done;
        private int run;
        private long sequence;

        @Override
        public void log(TrendLog found) {
            if (site.isPresent() && !from.isEmpty() && !from.equals(found.id().site())) {
                throw new IllegalArgumentException(file + " has logs of the sites " + from + " and " + found.id().site()
                        + ", which cannot both be " + site.get() + "; import it without renaming, or export each"
                        + " alone");
            }
            from = found.id().site();
            log = renamed(found).id();
            LogState state = current.get().logs().get(log);
            if (known.put(log, state == null ? 0 : state.now().records()) != null) {
                throw new IllegalArgumentException(file + " has " + log + " twice; it is no export of ours");
            }
            if (state == null) {
                unknown.add(renamed(found));
            }
            here.clear();
            records = state == null ? null : new LogRecords(database, state, Long.MAX_VALUE);
            done = 0;
            run = 0;
        }

        @Override
        public void samples(Stretch stretch) {
            if (log == null) {
                throw new IllegalArgumentException(file + " has samples of no log; it is no export of ours");
            }
            requireOrder(stretch);
            for (Sample sample : stretch.samples()) {
                requireSame(sample);
            }
        }

        private void requireOrder(Stretch stretch) {
            if (stretch.run() < run || stretch.run() == run && stretch.samples().get(0).sequence() <= sequence) {
                throw new IllegalArgumentException(file + " has the samples of " + log + " in no order at run "
                        + stretch.run() + ", number " + stretch.samples().get(0).sequence());
            }
            run = new Batch(log, stretch.run(), stretch.samples()).run(); // which says what is out of order in it
            sequence = stretch.samples().get(stretch.samples().size() - 1).lastSequence();
        }

        @Override
        public boolean goesOn(long bytes) {
            return watch.goesOn(bytes, 2 * size);
        }

        private void requireSame(Sample sample) {
            if (here.isEmpty() && records != null) {
                records.next().ifPresent(here::add);
                done = 0;
            }
            Stretch same = here.peek();
            if (same == null) {
                records = null; // here it ends
            } else {
                if (same.run() != run || !same.samples().get(done).equals(sample)) {
                    throw new IllegalArgumentException("The archive has other samples of " + log + " than " + file
                            + ": in the file there is number " + sample.sequence() + " of run " + run + ", here number "
                            + same.samples().get(done).sequence() + " of run " + same.run() + ", or it says another"
                            + " thing; import it under another site, or into another archive");
                }
                done++;
                if (done == same.samples().size()) {
                    here.poll();
                }
            }
        }
    }

    /** The second reading: stores what is not here. */
    private final class Store implements ExportReader.Visitor {
        private final List<Batch> batches = new ArrayList<>();
        private TrendLogId log;
        private long left;
        private int waiting;
        private long added;

        @Override
        public void log(TrendLog found) {
            log = renamed(found).id();
            left = known.getOrDefault(log, 0L);
        }

        @Override
        public void samples(Stretch stretch) {
            int count = stretch.samples().size();
            int from = (int) Math.min(left, count);
            left -= from;
            if (from < count) {
                batches.add(new Batch(log, stretch.run(), stretch.samples().subList(from, count)));
                waiting += count - from;
            }
            if (waiting >= SAMPLES) {
                flush();
            }
        }

        @Override
        public boolean goesOn(long bytes) {
            return watch.goesOn(size + bytes, 2 * size);
        }

        void flush() {
            int stored = batches.isEmpty() ? 0 : intake.append(batches);
            added += stored;
            if (stored != waiting) {
                throw new ArchiveException("Others store samples of the same logs at the same time, so that " + file
                        + " does not fit any more; stop collecting them, then import it again", null);
            }
            batches.clear();
            waiting = 0;
        }
    }
}
