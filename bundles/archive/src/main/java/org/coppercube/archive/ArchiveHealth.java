// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.coppercube.api.archive.Finding;
import org.coppercube.api.archive.Verification;
import org.coppercube.api.health.Health;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the archive fares: whether the last write came through, and what was found damaged since the start. */
final class ArchiveHealth {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveHealth.class);

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

    Health now() {
        String why = failure;
        if (!why.isEmpty()) {
            return new Health(Health.Level.FAILED, "The archive cannot store samples", why);
        }
        if (!damage.isEmpty()) {
            String first = damage.iterator().next();
            return new Health(Health.Level.DEGRADED, "Part of the archive is damaged",
                    damage.size() == 1 ? first : first + "; and " + (damage.size() - 1) + " more, see the log");
        }
        return new Health(Health.Level.OK, "The archive stores samples", outcome);
    }
}
