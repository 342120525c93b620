// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.coppercube.api.archive.Finding;
import org.coppercube.api.archive.Verification;
import org.coppercube.api.health.Health;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the archive fares: whether the last write came through, what was found damaged since the start, what lasts. */
final class ArchiveHealth {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveHealth.class);

    /** What lasts until it is put right. */
    enum Condition {
        DISK_FULL, DISK_NEARLY_FULL, MISSED_BY_READER, KEPT_FOR_READER
    }

    private final Map<Condition, Health> conditions = new ConcurrentSkipListMap<>();
    private final Set<String> damage = new ConcurrentSkipListSet<>();
    private volatile String failure = "";
    private volatile String outcome = "";

    void wrote() {
        if (!failure.isEmpty()) {
            LOG.info("The archive stores samples again");
        }
        failure = "";
    }

    void failedToWrite(String why) {
        if (failure.isEmpty()) { // said once, not at every visit of a weekend
            LOG.warn(why);
        }
        failure = why;
    }

    /** Says it once, however often it is met. */
    void damaged(String what) {
        damaged(what, LogAudit.RESTORE);
    }

    private void damaged(String what, String wayOut) {
        if (damage.add(what)) {
            LOG.error("{}; {}", what, wayOut);
        }
    }

    void found(List<Finding> findings) {
        findings.forEach(finding -> damaged(finding.what(), finding.wayOut()));
    }

    /** Keeps in mind when all was verified last, and how it ended. */
    void verified(Verification verification, LocalDateTime when) {
        outcome = String.format(Locale.ROOT, "%tF %<tR: %,d chunks of %,d logs verified, %d things wrong", when,
                verification.chunks(), verification.logs(), verification.findings().size());
        LOG.info(outcome);
    }

    /** Something that lasts has begun, or has got another detail. */
    void begins(Condition condition, Health health) {
        if (conditions.put(condition, health) == null) {
            if (health.level() == Health.Level.FAILED) {
                LOG.error(health.detail());
            } else {
                LOG.warn(health.detail());
            }
        }
    }

    void ends(Condition condition) {
        Health past = conditions.remove(condition);
        if (past != null) {
            LOG.info("No longer: {}", past.publicLine());
        }
    }

    /** What is kept longer than it need be, because the last of the readers has not taken it. */
    void kept(Bookmarks bookmarks, long records) {
        if (records == 0 || bookmarks.positions().isEmpty()) {
            ends(Condition.KEPT_FOR_READER);
        } else {
            String last = bookmarks.positions().entrySet().stream().min(Map.Entry.comparingByValue()).map(reader ->
                    reader.getKey() + ", who is at position " + reader.getValue()).orElseThrow();
            begins(Condition.KEPT_FOR_READER, new Health(Health.Level.DEGRADED,
                    "Samples are kept for a receiver who does not take them", records + " records older than"
                            + " retention.days are kept for " + last + "; see why they are not taken, or forget the"
                            + " bookmark of a reader that is gone"));
        }
    }

    /** Who has missed what, because there was no room to keep it. */
    void missed(Bookmarks bookmarks) {
        if (bookmarks.missed().isEmpty()) {
            ends(Condition.MISSED_BY_READER);
        } else {
            begins(Condition.MISSED_BY_READER, new Health(Health.Level.DEGRADED,
                    "Samples were dropped before a receiver had taken them", bookmarks.missed().entrySet().stream()
                            .map(reader -> reader.getKey() + " missed " + reader.getValue() + " records")
                            .collect(Collectors.joining(", ")) + ", which were dropped for want of room; acknowledge it"
                            + " when the receiver need not have them, or forget the bookmark"));
        }
    }

    /** The worst of all; whoever signed in is told the rest as well. */
    Health now() {
        List<Health> all = new ArrayList<>(conditions.values());
        String why = failure;
        if (!why.isEmpty()) {
            all.add(new Health(Health.Level.FAILED, "The archive cannot store samples", why));
        }
        if (!damage.isEmpty()) {
            String first = damage.iterator().next();
            all.add(new Health(Health.Level.DEGRADED, "Part of the archive is damaged",
                    damage.size() == 1 ? first : first + "; and " + (damage.size() - 1) + " more, see the log"));
        }
        all.sort(Comparator.comparing(Health::level).reversed());
        return all.isEmpty() ? new Health(Health.Level.OK, "The archive stores samples", outcome)
                : new Health(all.get(0).level(), all.get(0).publicLine(),
                        all.stream().map(Health::detail).collect(Collectors.joining("; also: ")));
    }
}
