// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.health.Health;
import org.coppercube.api.trend.TrendLog;

/** A log of a device and how collecting it goes. Changed in the loop, read (and switched on and off) by anybody. */
final class CollectedLog {
    private record Progress(Instant lastAttempt, Instant lastSuccess, String failure) {
    }

    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final ObjectId object;
    private volatile TrendLog description;
    private volatile boolean archived;
    private volatile Progress progress = new Progress(null, null, "");
    private volatile LogState.Mode mode; // null until it is found out
    private volatile boolean away; // its device did not answer when it was last tried, or before, since its last success
    private volatile long since = System.nanoTime(); // its last success, or when it came to be archived

    CollectedLog(ObjectId object, TrendLog description, boolean archived) {
        this.object = object;
        this.description = description;
        this.archived = archived;
    }

    ObjectId object() {
        return object;
    }

    TrendLog description() {
        return description;
    }

    void describe(TrendLog description) {
        this.description = description;
        this.mode = null; // the device may have learnt another
    }

    /** How its records are asked for; null until that is found out. */
    LogState.Mode mode() {
        return mode;
    }

    void readBy(LogState.Mode mode) {
        this.mode = mode;
    }

    boolean isArchived() {
        return archived;
    }

    void archive(boolean wanted) {
        if (wanted != archived) {
            since = System.nanoTime();
            progress = new Progress(progress.lastAttempt, progress.lastSuccess, "");
            archived = wanted;
        }
    }

    void collected() {
        since = System.nanoTime();
        Instant now = Instant.now();
        progress = new Progress(now, now, "");
        away = false;
    }

    void failed(Throwable failure) {
        away |= Failures.cause(failure) instanceof SocketTimeoutException && !hasOverflowed();
        failed(Failures.message(failure));
    }

    /** Whether its device fell silent before it overwrote what is not read yet, as far as that is known. */
    boolean isAway() {
        return away;
    }

    private boolean hasOverflowed() {
        Instant read = progress.lastSuccess;
        Instant overflow = read == null ? null : overflow(description, read);
        return overflow != null && overflow.isBefore(Instant.now());
    }

    void failed(String why) {
        progress = new Progress(Instant.now(), progress.lastSuccess, why);
    }

    /** Whether it is to be archived, and was when last tried. */
    boolean isCollected() {
        Progress now = progress;
        return archived && now.lastSuccess != null && now.failure.isEmpty();
    }

    /** Why it was not when last tried, though it is to be; empty if it was, or is not to be. */
    String trouble() {
        return archived ? progress.failure : "";
    }

    /** Whether its last success is two visits ago. Not by the clock, which may be put right meanwhile. */
    boolean isLate(Duration visit) {
        return archived && System.nanoTime() - since > visit.multipliedBy(2).toNanos();
    }

    LogState state(Duration visit, Instant nextVisit) {
        Progress now = progress;
        TrendLog log = description;
        boolean late = isLate(visit);
        Health.Level level = !now.failure.isEmpty() ? Health.Level.FAILED
                : late ? Health.Level.DEGRADED : Health.Level.OK;
        String cause = now.failure.isEmpty() && late ? "its device was not visited in time" : now.failure;
        return new LogState(log, archived, level, now.lastAttempt, now.lastSuccess, cause, archived ? nextVisit : null,
                archived && now.lastSuccess != null ? overflow(log, now.lastSuccess) : null, mode, null);
    }

    private static Instant overflow(TrendLog log, Instant read) {
        boolean known = !log.interval().isZero() && log.bufferSize() > 0
                && log.bufferSize() < FOR_EVER.dividedBy(log.interval());
        return known ? read.plus(log.interval().multipliedBy(log.bufferSize())) : null;
    }
}
