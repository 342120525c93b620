// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.coppercube.api.health.Health;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the archive fares: whether the last write came through, and what was found damaged since the start. */
final class ArchiveHealth {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveHealth.class);

    private final Set<String> damage = new ConcurrentSkipListSet<>();
    private volatile String failure = "";

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
        if (damage.add(what)) {
            LOG.error("{}; all other samples are served, restore a backup to have these again", what);
        }
    }

    Health now() {
        String why = failure;
        if (!why.isEmpty()) {
            return new Health(Health.Level.FAILED, "The archive cannot store samples", why);
        }
        if (!damage.isEmpty()) {
            String first = damage.iterator().next();
            return new Health(Health.Level.DEGRADED, "Part of the archive is damaged",
                    damage.size() == 1 ? first : first + "; and " + (damage.size() - 1) + " more");
        }
        return new Health(Health.Level.OK, "The archive stores samples", "");
    }
}
