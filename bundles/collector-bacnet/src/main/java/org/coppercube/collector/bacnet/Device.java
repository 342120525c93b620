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
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.coppercube.api.collect.DeviceState;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device and the round of visits to it: describe it now and then, read its logs, wait; wait longer and longer while
 * it is silent. Changed in the loop, read by anybody.
 */
final class Device {
    private static final Logger LOG = LoggerFactory.getLogger(Device.class);
    private static final Duration DESCRIPTION_HOLDS = Duration.ofMinutes(30);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    private final Means means;
    private final Settings settings;
    private final int instance;
    private final boolean fixed;
    private final Contact contact;
    private final Set<TrendLogId> wanted = new TreeSet<>();
    private final ConcurrentNavigableMap<TrendLogId, CollectedLog> logs = new ConcurrentSkipListMap<>();
    private boolean busy;
    private boolean again;
    private int failures;
    private long describeAt = System.nanoTime();
    private boolean clockTold;
    private boolean strangerTold;
    private boolean failureTold;
    private Future<?> timer;
    private volatile String address;
    private volatile String name = "";
    private volatile boolean answering;
    private volatile Instant lastHeard;
    private volatile Instant nextVisit;
    private volatile String cause = "";

    Device(Means means, Settings settings, int instance, Station station, int maxApdu, boolean fixed) {
        this.means = means;
        this.settings = settings;
        this.instance = instance;
        this.fixed = fixed;
        this.contact = new Contact(station, maxApdu);
        this.address = station.toString();
    }

    /** An I-Am with this instance came from there. */
    void heard(Station from, int maxApdu) {
        if (from.equals(contact.station())) {
            lastHeard = Instant.now();
            if (!answering && !busy && nextVisit != null && nextVisit.isAfter(lastHeard.plus(FIRST_PAUSE))) {
                visitSoon(); // it is back before we looked again
            }
        } else if (!fixed && !answering && !busy) {
            if (contact.isKnown()) {
                LOG.info("Network {}: device {} has moved from {} to {}", settings.name(), instance, address, from);
            }
            contact.movedTo(from);
            contact.accepts(maxApdu);
            address = from.toString();
            visitSoon();
        } else if (!strangerTold) { // anybody can say so; the one that answers is believed
            strangerTold = true;
            LOG.warn("Network {}: device {} answers at {} and was announced from {} too; the latter is passed over",
                    settings.name(), instance, address, from);
        }
    }

    /** Visits it now, or again when the visit in progress is over. */
    void visit(Collection<TrendLogId> alsoThese) {
        wanted.addAll(alsoThese);
        again = busy;
        visitSoon();
    }

    /** Visits it unless that is being done. */
    void visitSoon() {
        if (busy) {
            return;
        }
        busy = true;
        if (timer != null) {
            timer.cancel(false);
        }
        CompletableFuture.completedFuture(null).thenCompose(now -> described()).whenComplete((done, failure) -> {
            if (failure != null) {
                due().forEach(log -> log.failed(failure));
            }
        }).thenCompose(done -> {
            List<CollectedLog> due = due();
            wanted.clear();
            return new Visit(means, contact, instance, name, due).run();
        }).whenComplete((logGone, failure) -> {
            busy = false;
            if (failure == null) {
                succeeded(logGone);
            } else {
                failed(Failures.cause(failure));
            }
            if (again) {
                again = false;
                visitSoon();
            }
        });
    }

    private List<CollectedLog> due() {
        return logs.values().stream()
                .filter(log -> log.isArchived() || wanted.contains(log.description().id())).toList();
    }

    private CompletableFuture<Void> described() {
        if (System.nanoTime() - describeAt < 0) {
            return CompletableFuture.completedFuture(null);
        }
        Describer describer = new Describer(means.properties(), contact, instance, settings.site(), means.zone());
        return describer.describe().thenCompose(told -> means.loop().offload(() -> choices(told))
                .thenAccept(chosen -> learn(told, chosen)));
    }

    /** What the operator chose, by log. */
    private Map<TrendLogId, Optional<Boolean>> choices(Describer.Description told) {
        return told.logs().stream().map(TrendLog::id)
                .collect(Collectors.toMap(id -> id, means.intake()::chosen));
    }

    /** @param chosen counts for logs not known yet only: about the others the operator may have thought again */
    private void learn(Describer.Description told, Map<TrendLogId, Optional<Boolean>> chosen) {
        name = told.name();
        told.logs().forEach(description -> logs.computeIfAbsent(description.id(), id -> new CollectedLog(
                ObjectId.of(id), description, chosen.get(id).orElse(settings.archiveAutomatically()))).describe(description));
        TreeSet<TrendLogId> gone = new TreeSet<>(logs.keySet());
        gone.removeAll(chosen.keySet());
        if (!gone.isEmpty()) {
            LOG.warn("Network {}: device {} at {} does not have {} of its trend logs any more, {} among them",
                    settings.name(), instance, address, gone.size(), gone.first());
            logs.keySet().removeAll(gone);
        }
        describeAt = System.nanoTime() + DESCRIPTION_HOLDS.toNanos();
        if (!clockTold && told.ahead().abs().compareTo(CLOCK_TOLERANCE) > 0) {
            clockTold = true;
            LOG.warn("Network {}: the clock of device {} is {} s {} ours; its records carry its time", settings.name(),
                    instance, told.ahead().abs().toSeconds(), told.ahead().isNegative() ? "behind" : "ahead of");
        }
        LOG.debug("Network {}: device {} at {} has {} trend logs", settings.name(), instance, address, logs.size());
    }

    private void succeeded(boolean logGone) {
        if (failureTold) {
            failureTold = false;
            LOG.info("Network {}: device {} at {} is collected again", settings.name(), instance, address);
        }
        failures = 0;
        answering = true;
        lastHeard = Instant.now();
        cause = "";
        if (logGone) {
            describeAt = System.nanoTime();
        }
        wait(settings.visit().multipliedBy(950 + ThreadLocalRandom.current().nextInt(100)).dividedBy(1000));
    }

    private void failed(Throwable failure) {
        boolean refused = failure instanceof Refused || failure instanceof ProtocolException;
        boolean silent = failure instanceof SocketTimeoutException;
        cause = Failures.message(failure);
        answering = refused || !(failure instanceof IOException); // else it was the archive that did not take it
        if (failure instanceof IOException) {
            describeAt = System.nanoTime(); // it may come back as another
        }
        boolean itsOwnFault = (refused || silent) && (fixed || contact.isKnown()); // announced it may be by anybody
        if (itsOwnFault && !failureTold) {
            failureTold = true;
            LOG.warn("Network {}: device {} at {} cannot be collected ({}); trying again every {} s to {} s",
                    settings.name(), instance, address, cause, FIRST_PAUSE.toSeconds(), LONGEST_PAUSE.toSeconds());
        } else {
            LOG.debug("Network {}: device {} at {} cannot be collected", settings.name(), instance, address, failure);
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures++, 6));
        wait(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    }

    private void wait(Duration pause) {
        nextVisit = Instant.now().plus(pause);
        timer = means.loop().schedule(this::visitSoon, pause);
    }

    /** Whether it has never told anything, and so may make room for another. */
    boolean isNothingKnown() {
        return !fixed && !busy && name.isEmpty() && logs.isEmpty() && !answering;
    }

    /** Is no longer wanted. */
    void forget() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    boolean isSilent() {
        return !answering && nextVisit != null;
    }

    /** Whether the last visit failed. */
    boolean isInTrouble() {
        return !cause.isEmpty();
    }

    Collection<CollectedLog> logs() {
        return logs.values();
    }

    Optional<CollectedLog> log(TrendLogId id) {
        return Optional.ofNullable(logs.get(id));
    }

    Instant nextVisit() {
        return nextVisit;
    }

    DeviceState state() {
        return new DeviceState(instance, name, -1, address, List.of(), answering, lastHeard, logs.size(), null, cause);
    }
}
