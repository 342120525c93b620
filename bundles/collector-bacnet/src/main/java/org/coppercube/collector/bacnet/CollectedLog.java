// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.time.Duration;
import java.time.Instant;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.health.Health;
import org.coppercube.api.trend.TrendLog;

/** A log of a device and how collecting it goes. Changed in the loop, read by anybody. */
final class CollectedLog {
    private record Progress(Instant lastAttempt, Instant lastSuccess, String failure) {
    }

    private final ObjectId object;
    private final Instant found = Instant.now();
    private volatile TrendLog description;
    private volatile boolean archived;
    private volatile Progress progress = new Progress(null, null, "");

    CollectedLog(ObjectId object, TrendLog description) {
        this.object = object;
        this.description = description;
    }

    ObjectId object() {
        return object;
    }

    TrendLog description() {
        return description;
    }

    void describe(TrendLog description) {
        this.description = description;
    }

    boolean isArchived() {
        return archived;
    }

    void archive(boolean archived) {
        this.archived = archived;
    }

    void collected() {
        Instant now = Instant.now();
        progress = new Progress(now, now, "");
    }

    void failed(String why) {
        progress = new Progress(Instant.now(), progress.lastSuccess, why);
    }

    boolean wasCollected() {
        return progress.lastSuccess != null;
    }

    /** Whether its last success is two visits ago. */
    boolean isLate(Duration visit) {
        Instant last = progress.lastSuccess == null ? found : progress.lastSuccess;
        return archived && last.plus(visit.multipliedBy(2)).isBefore(Instant.now());
    }

    LogState state(Duration visit, Instant nextVisit) {
        Progress now = progress;
        TrendLog log = description;
        boolean late = isLate(visit);
        Health.Level level = !now.failure.isEmpty() ? Health.Level.FAILED : late ? Health.Level.DEGRADED : Health.Level.OK;
        String cause = now.failure.isEmpty() && late ? "its device was not visited in time" : now.failure;
        boolean steady = !log.interval().isZero() && log.bufferSize() > 0 && now.lastSuccess != null;
        return new LogState(log, archived, level, now.lastAttempt, now.lastSuccess, cause, archived ? nextVisit : null,
                steady ? now.lastSuccess.plus(log.interval().multipliedBy(log.bufferSize())) : null);
    }
}
