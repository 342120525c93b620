// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.coppercube.api.archive.Batch;
import org.coppercube.api.archive.Page;
import org.coppercube.api.archive.Slice;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.archive.bench.Store;
import org.coppercube.archive.bench.Tally;
import org.coppercube.archive.bench.Trend;

/** The archive under measurement: intake as a collector, scans by time as a page. */
final class ArchiveStore implements Store {

    /** Logs of one device. */
    static final int LOGS_A_DEVICE = 20;

    private static final int PAGE = 40_000;

    private final Path directory;
    private final DerbyArchive archive;
    private final List<Trend> trends;

    ArchiveStore(Path directory, List<Trend> trends) {
        this.directory = directory;
        this.archive = open(directory);
        this.trends = trends;
        archive.describe(IntStream.range(0, trends.size()).mapToObj(ArchiveStore::describe).toList());
    }

    /** As the appliance opens it. */
    static DerbyArchive open(Path directory) {
        return new DerbyArchive(directory, Journal.MOST_BYTES, Clock.systemUTC());
    }

    static TrendLogId id(int log) {
        return new TrendLogId("bench", log / LOGS_A_DEVICE, TrendLogId.Kind.TL, log % LOGS_A_DEVICE);
    }

    static Sample sample(Trend trend, int index, long time) {
        float value = trend.value(index);
        Reading reading = Float.isNaN(value) ? new Reading.Null()
                : trend.isEnumerated() ? new Reading.Enumerated((long) value) : new Reading.Real(value);
        return new Sample(index + 1L, time, 0, reading);
    }

    DerbyArchive archive() {
        return archive;
    }

    SealedSamples sealed() throws SQLException {
        return SealedSamples.of(directory);
    }

    @Override
    public void append(List<Piece> pieces) {
        List<Batch> batches = new ArrayList<>();
        for (Piece piece : pieces) {
            Trend trend = trends.get(piece.log());
            batches.add(new Batch(id(piece.log()), 1, IntStream.range(piece.from(), piece.to())
                    .mapToObj(index -> sample(trend, index, trend.time(index))).toList()));
        }
        archive.append(batches);
    }

    @Override
    public void scan(int log, int from, int to, Tally tally) {
        Trend trend = trends.get(log);
        Page page = archive.samples(id(log), trend.time(from), trend.time(to - 1) + 1, 0, PAGE);
        for (Slice slice : page.slices()) {
            for (Sample sample : slice.samples()) {
                tally.add(sample.time(), sample.reading() instanceof Reading.Numeric reading
                        ? (float) reading.magnitude() : Float.NaN);
            }
        }
    }

    @Override
    public void close() {
        archive.close();
    }

    private static TrendLog describe(int log) {
        return new TrendLog(id(log), id(log).toString(), "", "", null, "", ZoneId.of("UTC"), Duration.ZERO, 0);
    }
}
