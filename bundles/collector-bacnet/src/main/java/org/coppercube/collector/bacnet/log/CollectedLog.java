// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.health.Health;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.collector.bacnet.message.Failures;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.PropertyRef;
import org.coppercube.collector.bacnet.message.PropertyValue;

/** A log of a device and how collecting it goes. Changed in the loop, read (and switched on and off) by anybody. */
public final class CollectedLog {
    private record Progress(Instant lastAttempt, Instant lastSuccess, String failure) {
    }

    /** From when on it may go along with others, when it is due, and what to show of that. */
    private record Plan(long soon, long due, Instant shown) {
        static Plan now() {
            return new Plan(System.nanoTime(), System.nanoTime(), Instant.now());
        }
    }

    /** Courtesy: no log is looked at more often. */
    static final Duration FLOOR = Duration.ofSeconds(10);
    private static final Duration PROVED_FOR = Duration.ofDays(1);
    private static final Duration FIRST_LOOKS = Duration.ofMinutes(1); // at a log of which no rate is known

    private final ObjectId object;
    private final RecordRate rate = new RecordRate();
    private final Backoff backoff = new Backoff();
    private final Absence absence = new Absence();
    private long counted = System.nanoTime();
    private Long proved; // when its last record was seen to be there still; null if its device may have begun anew since
    private volatile TrendLog description;
    private volatile boolean archived;
    private volatile Progress progress = new Progress(null, null, "");
    private volatile LogState.Mode mode; // null until it is found out
    private volatile Filling filling = Filling.UNKNOWN;
    private volatile Plan plan = Plan.now();
    private volatile long since = System.nanoTime(); // its last success, or when it came to be archived

    public CollectedLog(ObjectId object, TrendLog description, boolean archived) {
        this.object = object;
        this.description = description;
        this.archived = archived;
    }

    public ObjectId object() {
        return object;
    }

    public TrendLog description() {
        return description;
    }

    public void describe(TrendLog description) {
        this.description = description;
        this.mode = mode == LogState.Mode.SEQUENCE ? mode : null; // the device may have learnt a better one
    }

    /** How its records are asked for; null until that is found out. */
    LogState.Mode mode() {
        return mode;
    }

    void readBy(LogState.Mode mode) {
        this.mode = mode;
    }

    public boolean isArchived() {
        return archived;
    }

    public void archive(boolean wanted) {
        if (wanted != archived) {
            since = System.nanoTime();
            progress = new Progress(progress.lastAttempt, progress.lastSuccess, "");
            plan = Plan.now();
            archived = wanted;
        }
    }

    /** Whether it was read before, and its records have numbers as far as we know. */
    public boolean isNumbered() {
        return isCollected() && mode != LogState.Mode.TIME && mode != LogState.Mode.POSITION;
    }

    /**
     * Whether its last record is to be looked at though it counts no new one: a device that began anew can have come to
     * the same count.
     */
    public boolean isProofDue(long now) {
        return proved == null || now - proved > PROVED_FOR.toNanos();
    }

    /** What it holds goes on from what is archived. */
    void proved() {
        proved = System.nanoTime();
    }

    /** It has made no record since it was counted. */
    public void countedAsBefore() {
        counted(filling.total(), Instant.now(), System.nanoTime());
    }

    /** The device has told how many records it has made. */
    public void counted(Map<PropertyRef, PropertyValue> told) {
        List<PropertyRef> refs = Counts.refs(object);
        told.get(refs.get(0)).unsigned().ifPresent(held ->
                counted(told.get(refs.get(1)).unsigned().orElse(0), Instant.now(), System.nanoTime()));
    }

    public void counted(long total, Instant at, long nanos) {
        counted = nanos;
        filling = filling.counted(total, rate.counted(total, nanos), description.bufferSize(), at);
    }

    public void collected() {
        since = System.nanoTime();
        Instant now = Instant.now();
        filling = filling.archived();
        progress = new Progress(now, now, "");
        absence.end();
    }

    public void failed(Throwable failure) {
        proved = null;
        if (Failures.cause(failure) instanceof SocketTimeoutException) {
            absence.noticed(hasOverflowed());
        }
        failed(Failures.message(failure));
    }

    /** When this log was found, its device had not answered since then. */
    public void missed(Instant since) {
        absence.missed(since);
    }

    /** Whether records are missing because its device was away. @param last newest record that is archived */
    boolean isAway(Optional<Sample> last) {
        return absence.isWhy(last, filling.lasts(description));
    }

    private boolean hasOverflowed() {
        Instant overflow = filling.overflowAt(description);
        return overflow != null && overflow.isBefore(Instant.now());
    }

    public void failed(String why) {
        progress = new Progress(Instant.now(), progress.lastSuccess, why);
    }

    /**
     * Sets when it is due next: in half the time that its buffer lasts, counted from when its records were.
     *
     * @param visit the longest time between two visits
     * @param jitter what to multiply it by
     */
    public void plan(Duration visit, double jitter) {
        long now = System.nanoTime();
        long pause = (long) (pause(visit, now).toNanos() * jitter);
        long due = Math.max(progress.failure.isEmpty() ? counted + pause : now + pause, now + FLOOR.toNanos());
        plan = new Plan(due - pause / 10, due, Instant.now().plusNanos(due - now));
    }

    private Duration pause(Duration visit, long now) {
        Duration pause = shorter(visit, filling.lasts(description).dividedBy(2));
        if (!rate.isSettled() && description.interval().isZero()) {
            pause = shorter(pause, longer(FIRST_LOOKS, rate.counting(now)));
        }
        if (progress.failure.isEmpty()) {
            backoff.reset();
            return pause;
        }
        return longer(pause, backoff.take(Backoff.LONGEST));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** Whether it is to be visited now, or so soon that it may go along with others. */
    public boolean isSoonDue(long now) {
        return archived && now - plan.soon >= 0;
    }

    public Duration untilDue(long now) {
        return Duration.ofNanos(Math.max(0, plan.due - now));
    }

    /** Whether it is to be archived, and was when last tried. */
    public boolean isCollected() {
        Progress now = progress;
        return archived && now.lastSuccess != null && now.failure.isEmpty();
    }

    /** Why it was not when last tried, though it is to be; empty if it was, or is not to be. */
    public String trouble() {
        return archived ? progress.failure : "";
    }

    /** Why records are or will be lost, however often it is visited, and what would help; empty if they are not. */
    public String overflow() {
        TrendLog log = description;
        Filling now = filling;
        Duration lasts = now.lasts(log);
        boolean tooSmall = lasts.compareTo(FLOOR.multipliedBy(2)) < 0;
        if (!archived || !tooSmall && !now.overflowed()) {
            return "";
        }
        String what = "its buffer of " + log.bufferSize() + " records " + (now.overflowed()
                ? "overflowed before it was read" : "lasts " + lasts.toMillis() / 1000.0 + " s, which is too short");
        LogState.Advice advice = now.advice(log);
        return advice == null ? what : what + "; a Buffer_Size of " + advice.bufferSize()
                + (advice.interval() == null ? "" : " or a Log_Interval of " + advice.interval().toSeconds() + " s")
                + " outlasts a long weekend";
    }

    /** Whether its last success is two visits ago. Not by the clock, which may be put right meanwhile. */
    public boolean isLate(Duration visit) {
        return archived && System.nanoTime() - since > visit.multipliedBy(2).toNanos();
    }

    /**
     * @param deviceNext when its device will be visited next; null if that is not planned
     * @param deviceTrouble why its device cannot be visited; empty if it can
     */
    public LogState state(Duration visit, Instant deviceNext, String deviceTrouble) {
        Progress now = progress;
        TrendLog log = description;
        boolean late = isLate(visit);
        String warning = archived && !deviceTrouble.isEmpty() ? "its device cannot be visited (" + deviceTrouble + ")"
                : late ? "its device was not visited in time" : overflow();
        Health.Level level = !now.failure.isEmpty() ? Health.Level.FAILED
                : warning.isEmpty() ? Health.Level.OK : Health.Level.DEGRADED;
        Instant due = plan.shown;
        Instant next = deviceNext == null || deviceNext.isAfter(due) ? deviceNext : due;
        return new LogState(log, archived, level, now.lastAttempt, now.lastSuccess,
                now.failure.isEmpty() ? warning : now.failure, archived ? next : null,
                archived ? filling.overflowAt(log) : null, mode, archived ? filling.advice(log) : null);
    }
}
