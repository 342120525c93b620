// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.coppercube.api.collect.DeviceState;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device and the round of visits to it: get to know it, read its logs, wait until the first is due; wait longer and
 * longer while it is silent, and look for it where it is said to be. Changed in the loop, read by anybody.
 */
final class Device {
    private static final Logger LOG = LoggerFactory.getLogger(Device.class);
    private static final Duration DESCRIPTION_HOLDS = Duration.ofDays(1); // what it does not say of itself
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1); // for what may never be of use

    private final Means means;
    private final Settings settings;
    private final Bounds bounds;
    private final Consumer<Device> leave;
    private final int instance;
    private final boolean fixed;
    private final String called;
    private final Contact contact;
    private final Greeting greeting;
    private final Claims claims = new Claims();
    private final Inventory inventory;
    private final Set<TrendLogId> wanted = new TreeSet<>();
    private final Backoff backoff = new Backoff();
    private final Backoff calls = new Backoff();
    private final Backoff changes = new Backoff();
    private final long found = System.nanoTime();
    private boolean busy;
    private boolean again;
    private boolean met;
    private boolean describing;
    private int exchanges;
    private long describedAt;
    private long describeAt;
    private long ended = System.nanoTime();
    private boolean failureTold;
    private boolean impostorTold;
    private Future<?> timer;
    private volatile String address;
    private volatile boolean tried;
    private volatile boolean answering;
    private volatile Instant lastHeard;
    private volatile Instant nextVisit;
    private volatile String cause = "";

    /** @param leave told when it is not to be looked for any longer */
    Device(Means means, Settings settings, Bounds bounds, Consumer<Device> leave, int instance, Station station,
            int maxApdu, boolean fixed) {
        this.means = means;
        this.settings = settings;
        this.bounds = bounds;
        this.leave = leave;
        this.instance = instance;
        this.fixed = fixed;
        this.called = "Network " + settings.name() + ": device " + instance;
        this.contact = new Contact(station, maxApdu);
        this.greeting = new Greeting(instance, new ClockWatch(called, means.zone()));
        this.inventory = new Inventory(called, bounds);
        this.address = station.toString();
    }

    int instance() {
        return instance;
    }

    /** An I-Am with this instance came from there. */
    void heard(Station from, int maxApdu) {
        if (from.equals(contact.station())) {
            lastHeard = Instant.now();
            if (tried && !answering) {
                visitWhenPolite(); // it is back before we looked again
            }
        } else if (claims.heard(from, maxApdu, System.nanoTime())) {
            if (fixed) {
                refuteClaims();
            } else {
                visitWhenPolite(); // where it is now is asked first
            }
        }
    }

    /** Visits it as soon as it may be: later each time that this was in vain, for anybody can announce it. */
    private void visitWhenPolite() {
        Duration rested = Duration.ofNanos(System.nanoTime() - ended);
        if (!busy && nextVisit != null && nextVisit.isAfter(Instant.now().plus(Backoff.FIRST))) {
            Duration pause = calls.take(Backoff.LONGEST).minus(rested);
            wait(pause.isNegative() ? Duration.ZERO : pause);
        }
    }

    private void refuteClaims() {
        if (claims.refuteAll(System.nanoTime())) {
            LOG.warn("{} {} {} and was announced from {} too; the latter is passed over", called,
                    fixed ? "is set to" : "answers at", address, claims.refuted());
        }
    }

    /**
     * Visits it now, or again when the visit in progress is over.
     *
     * @param logs which; if there are none, all that are archived
     */
    void visit(Collection<TrendLogId> logs) {
        wanted.addAll(logs.isEmpty() ? inventory.archived() : logs);
        visitAgain();
    }

    private void visitAgain() {
        again = busy;
        visitSoon();
    }

    /** Visits it within this time, so that not all are visited at once. */
    void visitWithin(Duration spread) {
        if (!busy) {
            wait(Duration.ofNanos(ThreadLocalRandom.current().nextLong(spread.toNanos() + 1)));
        }
    }

    /** Visits it unless that is being done. */
    private void visitSoon() {
        if (busy) {
            return;
        }
        busy = true;
        cancelTimer();
        CompletableFuture.completedFuture(null).thenCompose(now -> acquainted()).thenCompose(done -> read())
                .handle((done, failure) -> {
                    if (failure == null) {
                        succeeded();
                        return CompletableFuture.completedFuture(false);
                    }
                    return moved(Failures.cause(failure));
                }).thenCompose(moved -> moved).whenComplete((moved, error) -> {
                    busy = false;
                    ended = System.nanoTime();
                    if (error != null) {
                        LOG.error("{}: a visit went wrong; trying again in {} s", called, Backoff.LONGEST.toSeconds(),
                                error);
                        wait(Backoff.LONGEST);
                    } else if (moved || again) {
                        again = false;
                        visitSoon();
                    }
                });
    }

    /** At first, and when it may be another than before. */
    private CompletableFuture<Void> acquainted() {
        if (met) {
            return CompletableFuture.completedFuture(null);
        }
        greeting.askAll();
        return means.properties().read(contact, greeting.all()).thenCompose(told -> {
            try {
                String difference = greeting.meet(told, contact);
                if (!difference.isEmpty() && Integer.bitCount(++exchanges) == 1) { // two at one address take turns
                    LOG.warn("{} at {} was exchanged or renamed ({}); its logs go on, in a new run where their records "
                            + "do not continue", called, address, difference);
                }
            } catch (Absent e) {
                return CompletableFuture.failedFuture(e);
            }
            return describe();
        }).whenComplete((done, failure) -> {
            met = failure == null;
            if (failure != null) {
                inventory.due(wanted).forEach(log -> log.failed(failure));
            }
        }).thenAccept(news -> { });
    }

    /** @return whether there are new logs */
    private CompletableFuture<Boolean> describe() {
        return bounds.inTurn(() ->
                new Describer(means.properties(), contact, instance, settings.site(), means.zone()).describe())
                .thenCompose(told -> means.loop().offload(() -> choices(told)).thenApply(chosen -> {
                    describedAt = System.nanoTime();
                    describeAt = describedAt + jittered(DESCRIPTION_HOLDS).toNanos();
                    boolean news = inventory.learn(told.logs(), chosen, settings.archiveAutomatically());
                    means.bindings().described(instance, contact, inventory.objects());
                    return news;
                }));
    }

    /** It says that it has changed: it is believed at once, then less and less soon. */
    private void describeSooner() {
        long soon = describedAt + changes.take(LONGEST_PAUSE).minus(Backoff.FIRST).toNanos();
        describeAt = soon - describeAt < 0 ? soon : describeAt;
    }

    /** What the operator chose, by log. */
    private Map<TrendLogId, Optional<Boolean>> choices(Describer.Description told) {
        return told.logs().stream().map(TrendLog::id)
                .collect(Collectors.toMap(id -> id, means.intake()::chosen));
    }

    private CompletableFuture<Void> read() {
        List<CollectedLog> due = inventory.due(wanted);
        wanted.clear();
        if (System.nanoTime() - describeAt >= 0) {
            greeting.askAll();
            changes.reset();
        }
        return new Visit(means, contact, greeting, due).run().handle((changed, failure) -> {
            double jitter = jitter();
            due.stream().filter(log -> failure == null || log.isCollected())
                    .forEach(log -> log.plan(settings.visit(), jitter));
            if (failure != null) { // what was asked for is asked for still
                due.stream().filter(log -> !log.isCollected()).forEach(log -> wanted.add(log.description().id()));
                return CompletableFuture.<Void>failedFuture(failure);
            }
            if (changed) {
                describeSooner();
            }
            if (System.nanoTime() - describeAt >= 0) {
                describeAgain();
            }
            return CompletableFuture.<Void>completedFuture(null);
        }).thenCompose(result -> result);
    }

    /** Beside the visits: there may be a line to stand in, and its logs do not wait. */
    private void describeAgain() {
        if (!describing) {
            describing = true;
            describe().whenComplete((news, failure) -> {
                describing = false;
                if (failure != null) {
                    LOG.debug("{} at {} could not be described again", called, address, failure);
                    describeAt = System.nanoTime() + LONGEST_PAUSE.toNanos();
                } else if (news) {
                    visitAgain();
                }
            });
        }
    }

    private void succeeded() {
        if (failureTold) {
            LOG.info("{} at {} is collected again", called, address);
        }
        failureTold = false;
        impostorTold = false;
        backoff.reset();
        calls.reset();
        tried = true;
        answering = true;
        lastHeard = Instant.now();
        cause = "";
        refuteClaims();
        wait(inventory.untilDue(jittered(settings.visit())));
    }

    /** The visit failed. @return whether that was because it is elsewhere now */
    private CompletableFuture<Boolean> moved(Throwable failure) {
        boolean away = failure instanceof SocketTimeoutException || failure instanceof Absent;
        Optional<Claims.Claim> claim = away && !fixed ? claims.next(System.nanoTime()) : Optional.empty();
        if (claim.isEmpty()) {
            failed(failure, away);
            return CompletableFuture.completedFuture(false);
        }
        Claims.Claim there = claim.get();
        return new Proof(greeting, inventory.sample(Proof.LOGS))
                .ask(means.properties(), new Contact(there.from(), there.maxApdu()))
                .handle((objection, noAnswer) -> {
                    if (noAnswer == null && objection.isEmpty()) {
                        move(there);
                        return CompletableFuture.completedFuture(true);
                    }
                    claims.refute(there);
                    if (noAnswer == null && !impostorTold) {
                        impostorTold = true;
                        LOG.warn("{} does not answer at {}, and was announced from {}: {}. If it takes its place, say "
                                + "devices = {}@{} in the network's cfg file", called, address, there.from(), objection,
                                instance, there.from());
                    }
                    return moved(failure);
                }).thenCompose(moved -> moved);
    }

    private void move(Claims.Claim there) {
        if (met) {
            LOG.info("{} has moved from {} to {}", called, address, there.from());
        }
        claims.remove(there);
        contact.movedTo(there.from());
        contact.accepts(there.maxApdu());
        address = there.from().toString();
    }

    private void failed(Throwable failure, boolean away) {
        boolean refused = failure instanceof Refused || failure instanceof ProtocolException;
        tried = true;
        cause = Failures.message(failure);
        answering = !away && (refused || !(failure instanceof IOException)); // else it was the archive
        boolean exchanged = met && failure instanceof ProtocolException; // which is told when it is met anew
        met &= !exchanged;
        boolean stranger = !fixed && !contact.isKnown();
        if ((refused || away) && !stranger && !exchanged && !failureTold) {
            failureTold = true;
            LOG.warn("{} at {} cannot be collected ({}); trying again every {} s to {} s", called, address, cause,
                    Backoff.FIRST.toSeconds(), Backoff.LONGEST.toSeconds());
        } else {
            LOG.debug("{} at {} cannot be collected", called, address, failure);
        }
        wait(backoff.take(stranger ? LONGEST_PAUSE : Backoff.LONGEST));
        if (neverTold() && System.nanoTime() - found > bounds.strangersStay().toNanos()) {
            leave.accept(this);
        }
    }

    private static double jitter() {
        return 0.95 + ThreadLocalRandom.current().nextDouble(0.1);
    }

    private static Duration jittered(Duration pause) {
        return Duration.ofMillis((long) (pause.toMillis() * jitter()));
    }

    private void wait(Duration pause) {
        cancelTimer();
        nextVisit = Instant.now().plus(pause);
        timer = means.loop().schedule(this::visitSoon, pause);
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private boolean neverTold() {
        return !fixed && inventory.logs().isEmpty() && !met && !answering;
    }

    /** Whether it has never told anything, and so may make room for another. */
    boolean isDispensable() {
        return neverTold() && !busy;
    }

    /** Is no longer wanted. */
    void forget() {
        cancelTimer();
    }

    boolean isSilent() {
        return tried && !answering;
    }

    /** Whether the last visit failed. */
    boolean isInTrouble() {
        return !cause.isEmpty();
    }

    /** Whether its instance is announced from several addresses. */
    boolean isClaimed() {
        return !claims.refuted().isEmpty();
    }

    Inventory inventory() {
        return inventory;
    }

    Instant nextVisit() {
        return nextVisit;
    }

    DeviceState state() {
        Identity identity = greeting.identity();
        return new DeviceState(instance, identity.name(), identity.vendor(), address, claims.refuted(), answering,
                lastHeard, inventory.logs().size(), greeting.clock(), cause);
    }
}
