// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.coppercube.api.collect.DeviceState;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.exchange.Contact;
import org.coppercube.collector.bacnet.link.Absent;
import org.coppercube.collector.bacnet.log.Backoff;
import org.coppercube.collector.bacnet.log.CollectedLog;
import org.coppercube.collector.bacnet.log.Means;
import org.coppercube.collector.bacnet.message.Failures;
import org.coppercube.collector.bacnet.message.Refused;
import org.coppercube.collector.bacnet.message.Station;
import org.coppercube.collector.bacnet.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device and the round of visits to it: get to know it, read its logs, wait until the first is due; wait longer and
 * longer while it is silent, and look for it where it is said to be. Changed in the loop, read by anybody.
 */
final class Device {
    private static final Logger LOG = LoggerFactory.getLogger(Device.class);
    private static final Duration LONGEST_PAUSE_OF_STRANGER = Duration.ofHours(1);

    private final Means means;
    private final Settings settings;
    private final Bounds bounds;
    private final Consumer<Device> leave;
    private final int instance;
    private final boolean fixed;
    private final String called;
    private final Contact contact;
    private final Whereabouts whereabouts;
    private final Acquaintance acquaintance;
    private final Inventory inventory;
    private final Set<TrendLogId> wanted = new TreeSet<>();
    private final Backoff backoff = new Backoff();
    private final Backoff calls = new Backoff();
    private final long found = System.nanoTime();
    private long lastAnswer = found;
    private boolean busy;
    private boolean again;
    private long ended = System.nanoTime();
    private boolean failureTold;
    private Future<?> timer;
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
        this.whereabouts = new Whereabouts(called, instance, contact, fixed);
        this.acquaintance = new Acquaintance(means, settings, bounds, called, instance, contact);
        this.inventory = acquaintance.inventory();
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
        } else if (whereabouts.claimed(from, maxApdu)) {
            visitWhenPolite(); // where it is now is asked first
        }
    }

    /** Visits it sooner than planned: less soon each time that this was in vain, for anybody can announce it. */
    private void visitWhenPolite() {
        Duration rested = Duration.ofNanos(System.nanoTime() - ended);
        Duration pause = calls.next(Backoff.LONGEST).minus(rested);
        if (!busy && nextVisit != null && Instant.now().plus(pause).isBefore(nextVisit.minus(Backoff.FIRST))) {
            calls.take(Backoff.LONGEST);
            wait(pause.isNegative() ? Duration.ZERO : pause);
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
        acquaintance.make().whenComplete((made, failure) -> {
            if (failure != null) {
                inventory.due(wanted).forEach(log -> log.failed(failure));
            }
        }).thenCompose(made -> read()).handle((changed, failure) -> {
            if (failure == null) {
                succeeded();
                acquaintance.renew(changed, this::visitAgain);
                return CompletableFuture.completedFuture(false);
            }
            return elsewhere(Failures.cause(failure));
        }).thenCompose(moved -> moved).whenComplete((moved, error) -> {
            busy = false;
            ended = System.nanoTime();
            if (error != null) {
                LOG.error("{}: a visit went wrong; trying again in {} s", called, Backoff.LONGEST.toSeconds(), error);
                wait(Backoff.LONGEST);
            } else if (moved || again) {
                again = false;
                visitSoon();
            }
        });
    }

    private CompletableFuture<Boolean> read() {
        List<CollectedLog> due = inventory.due(wanted);
        wanted.clear();
        acquaintance.greet();
        return new Visit(means, contact, acquaintance.greeting(), due).run().whenComplete((changed, failure) -> {
            double jitter = jitter();
            due.stream().filter(log -> failure == null || log.isCollected())
                    .forEach(log -> log.plan(settings.visit(), jitter));
            if (failure != null) { // what was asked for is asked for still
                due.stream().filter(log -> !log.isCollected()).forEach(log -> wanted.add(log.description().id()));
            }
        });
    }

    private void succeeded() {
        if (failureTold) {
            LOG.info("{} at {} is collected again", called, whereabouts);
        }
        failureTold = false;
        backoff.reset();
        calls.reset();
        tried = true;
        answering = true;
        lastAnswer = System.nanoTime();
        lastHeard = Instant.now();
        cause = "";
        whereabouts.confirmed();
        wait(inventory.untilDue(Duration.ofNanos((long) (settings.visit().toNanos() * jitter()))));
    }

    /** The visit failed. @return whether that was because it is elsewhere now */
    private CompletableFuture<Boolean> elsewhere(Throwable failure) {
        boolean away = failure instanceof SocketTimeoutException || failure instanceof Absent;
        CompletableFuture<Boolean> found = CompletableFuture.completedFuture(false);
        if (away) {
            found = whereabouts.search(means.properties(), acquaintance.greeting(), inventory);
        }
        return found.whenComplete((elsewhere, error) -> {
            if (error == null && !elsewhere) {
                failed(failure, away);
            }
        });
    }

    private void failed(Throwable failure, boolean away) {
        boolean refused = failure instanceof Refused || failure instanceof ProtocolException
                || failure instanceof InterruptedIOException && !away; // it takes too long
        tried = true;
        cause = Failures.message(failure);
        answering = !away && (refused || !(failure instanceof IOException)); // else it was the archive
        lastAnswer = answering ? System.nanoTime() : lastAnswer;
        boolean exchanged = acquaintance.isMade() && failure instanceof ProtocolException;
        if (exchanged) { // which is told when it is met
            acquaintance.forget();
        }
        boolean stranger = !fixed && acquaintance.greeting().identity().equals(Identity.UNKNOWN);
        if ((refused || away) && !stranger && !exchanged && !failureTold) {
            failureTold = true;
            LOG.warn("{} at {} cannot be collected ({}); trying again every {} s to {} s", called, whereabouts, cause,
                    Backoff.FIRST.toSeconds(), Backoff.LONGEST.toSeconds());
        } else {
            LOG.debug("{} at {} cannot be collected", called, whereabouts, failure);
        }
        wait(backoff.take(stranger ? LONGEST_PAUSE_OF_STRANGER : Backoff.LONGEST));
        if (neverTold() && System.nanoTime() - found > bounds.strangersStay().toNanos()) {
            leave.accept(this);
        }
    }

    /** What pauses are multiplied by, lest all devices be visited at once. */
    static double jitter() {
        return ThreadLocalRandom.current().nextDouble(0.95, 1.05);
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
        return !fixed && inventory.logs().isEmpty() && !acquaintance.isMade() && !answering;
    }

    /** Whether it has never told anything, or is gone and nobody wants its logs, and so may make room for another. */
    boolean isDispensable() {
        boolean gone = !fixed && !answering && System.nanoTime() - lastAnswer > bounds.silentStay().toNanos();
        return !busy && (neverTold() || gone && !acquaintance.isDescribing() && inventory.archived().isEmpty());
    }

    /** Is no longer wanted. */
    void forget() {
        cancelTimer();
        acquaintance.end();
    }

    boolean isSilent() {
        return tried && !answering;
    }

    /** Why the last visit failed; empty if it did not. */
    String trouble() {
        return cause;
    }

    /** Whether it cannot be visited, or does not tell all of its logs. */
    boolean isInTrouble() {
        return !cause.isEmpty() || !acquaintance.trouble().isEmpty();
    }

    /** Whether its instance is announced from several addresses. */
    boolean isClaimed() {
        return !whereabouts.claimants().isEmpty();
    }

    Inventory inventory() {
        return inventory;
    }

    Instant nextVisit() {
        return nextVisit;
    }

    DeviceState state() {
        Greeting greeting = acquaintance.greeting();
        Identity identity = greeting.identity();
        return new DeviceState(instance, identity.name(), identity.vendor(), whereabouts.toString(),
                whereabouts.claimants(), answering, lastHeard, inventory.logs().size(), greeting.clock(),
                cause.isEmpty() ? acquaintance.trouble() : cause);
    }
}
