// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.coppercube.archive.ArchiveOnDisk.id;
import static org.coppercube.archive.ArchiveOnDisk.log;
import static org.junit.Assert.assertEquals;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.coppercube.api.archive.Entry;
import org.coppercube.api.archive.Holding;
import org.coppercube.api.archive.Loss;
import org.coppercube.api.archive.Page;
import org.coppercube.api.archive.ResumePoint;
import org.coppercube.api.archive.Slice;

/**
 * Everything an archive tells of itself.
 *
 * @param feed every sample with its log and run, in the order of arrival; its place is its position
 * @param logs the same log by log, in record order
 */
record Picture(List<Model.Arrival> feed, List<List<Model.Arrival>> logs, List<Optional<ResumePoint>> resumePoints,
        List<Holding> holdings, List<Loss> losses, Map<String, Long> bookmarks) {

    static Picture of(Model model, int logs, Map<String, Long> bookmarks) {
        List<List<Model.Arrival>> byLog = new ArrayList<>();
        List<Optional<ResumePoint>> resumePoints = new ArrayList<>();
        List<Holding> holdings = new ArrayList<>();
        for (int log = 1; log <= logs; log++) {
            byLog.add(model.of(id(log)));
            resumePoints.add(model.resumePoint(id(log)));
            holdings.add(model.holding(log(log)));
        }
        return new Picture(model.all(), byLog, resumePoints, holdings, model.losses(LocalDate.MIN, LocalDate.MAX),
                bookmarks);
    }

    static Picture of(DerbyArchive archive) {
        List<Model.Arrival> feed = new ArrayList<>();
        for (Entry entry : archive.read(0, Integer.MAX_VALUE)) {
            entry.samples().forEach(sample -> feed.add(new Model.Arrival(entry.log().id(), entry.run(), sample)));
            assertEquals("no hole and nothing double in the feed", feed.size(), entry.position());
        }
        List<List<Model.Arrival>> byLog = new ArrayList<>();
        List<Optional<ResumePoint>> resumePoints = new ArrayList<>();
        List<Holding> holdings = archive.holdings();
        for (int log = 1; log <= holdings.size(); log++) {
            byLog.add(allOf(archive, log));
            resumePoints.add(archive.resumePoint(id(log)));
        }
        assertEquals("nothing beyond the feed", archive.end(), feed.size());
        return new Picture(feed, byLog, resumePoints, holdings, archive.losses(LocalDate.MIN, LocalDate.MAX),
                new TreeMap<>(archive.bookmarks()));
    }

    /** Whether there are as many of everything: what tells the pictures of two neighbouring steps apart. */
    boolean isAsFarAs(Picture other) {
        return feed.size() == other.feed.size() && holdings.size() == other.holdings.size()
                && bookmarks.equals(other.bookmarks);
    }

    void assertSame(String what, Picture expected) {
        LongLists.assertSame(what + ", feed", expected.feed, feed);
        assertEquals(what + ", logs", expected.logs.size(), logs.size());
        for (int log = 0; log < logs.size(); log++) {
            LongLists.assertSame(what + ", log " + (log + 1), expected.logs.get(log), logs.get(log));
        }
        assertEquals(what, expected.resumePoints, resumePoints);
        assertEquals(what, expected.holdings, holdings);
        assertEquals(what, expected.losses, losses);
        assertEquals(what, expected.bookmarks, bookmarks);
    }

    private static List<Model.Arrival> allOf(DerbyArchive archive, int log) {
        List<Model.Arrival> found = new ArrayList<>();
        for (OptionalLong start = OptionalLong.of(0); start.isPresent();) {
            Page page = archive.samples(id(log), Long.MIN_VALUE, Long.MAX_VALUE, start.getAsLong(), 5_000);
            for (Slice slice : page.slices()) {
                slice.samples().forEach(sample -> found.add(new Model.Arrival(id(log), slice.run(), sample)));
            }
            start = page.next();
        }
        return found;
    }
}
