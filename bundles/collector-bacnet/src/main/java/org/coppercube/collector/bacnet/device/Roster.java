// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.coppercube.api.collect.DeviceState;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.log.CollectedLog;
import org.coppercube.collector.bacnet.log.Means;
import org.coppercube.collector.bacnet.message.Questions;
import org.coppercube.collector.bacnet.message.Station;
import org.coppercube.collector.bacnet.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The devices of a network. Changed in the loop, read by anybody. */
public final class Roster {
    private static final Logger LOG = LoggerFactory.getLogger(Roster.class);
    private static final int MOST_DEVICES = 4096; // anybody can announce any number of them
    private static final long EVICTION_PAUSE = Duration.ofMillis(100).toNanos(); // to look through all takes its time
    private static final Duration FULL = Duration.ofHours(1); // after somebody found no place
    private static final Duration APART = Duration.ofMillis(10); // on average, when many are visited for the first time

    /** Somebody new found no place. */
    private record TurnedAway(int instance, Station from, long at) {
    }

    private final ConcurrentNavigableMap<Integer, Device> devices = new ConcurrentSkipListMap<>();
    private final Means means;
    private final Settings settings;
    private final Bounds bounds;
    private volatile TurnedAway turnedAway; // the last one
    private volatile int count; // to count what the map holds takes its time
    private long lastEviction = System.nanoTime() - EVICTION_PAUSE;

    public Roster(Means means, Settings settings) {
        this(means, settings, new Bounds(Duration.ofDays(1), Duration.ofDays(1)));
    }

    public Roster(Means means, Settings settings, Bounds bounds) {
        this.means = means;
        this.settings = settings;
        this.bounds = bounds;
        settings.devices().forEach((instance, station) ->
                devices.put(instance, device(instance, station, Questions.LONGEST_ANSWER, true)));
        count = devices.size();
    }

    private Device device(int instance, Station station, int maxApdu, boolean fixed) {
        return new Device(means, settings, bounds, this::remove, instance, station, maxApdu, fixed);
    }

    /** An I-Am came. */
    public void heard(int instance, Station from, int maxApdu) {
        Device known = devices.get(instance);
        if (known != null) {
            known.heard(from, maxApdu);
        } else if (count < MOST_DEVICES || evict()) {
            Device device = device(instance, from, maxApdu, false);
            devices.put(instance, device);
            count++;
            device.visitWithin(spread());
        } else {
            turnAway(instance, from);
        }
    }

    private void turnAway(int instance, Station from) {
        boolean told = !full().isEmpty();
        turnedAway = new TurnedAway(instance, from, System.nanoTime());
        if (!told) {
            LOG.warn("Network {}: {}; devices = {}@{} in the network's cfg file gives it a place, device.exclude keeps "
                    + "others from taking one", settings.name(), full(), instance, from);
        }
    }

    /** That there is no place for somebody new, and for whom, in words; empty if there is. */
    public String full() {
        TurnedAway last = turnedAway;
        return last == null || System.nanoTime() - last.at() > FULL.toNanos() ? "" : "no more than " + MOST_DEVICES
                + " devices are taken in: device " + last.instance() + " at " + last.from() + " is not";
    }

    /** Makes room by leaving out one that is of no use. */
    private boolean evict() {
        if (System.nanoTime() - lastEviction < EVICTION_PAUSE) {
            return false;
        }
        lastEviction = System.nanoTime();
        Optional<Device> nobody = devices.values().stream().filter(Device::isDispensable).findAny();
        nobody.ifPresent(this::remove);
        return nobody.isPresent();
    }

    private void remove(Device device) {
        device.forget();
        if (devices.remove(device.instance(), device)) {
            count--;
            means.bindings().forget(device.instance());
        }
    }

    /** Visits all that are not being visited, not all at once. */
    public void visitAll() {
        devices.values().forEach(device -> device.visitWithin(spread()));
    }

    private Duration spread() {
        return APART.multipliedBy(count);
    }

    /** Visits these logs of one device; if there are none, all that are archived. */
    public void visit(int instance, List<TrendLogId> logs) {
        Optional.ofNullable(devices.get(instance)).ifPresent(device -> device.visit(logs));
    }

    public int size() {
        return count;
    }

    public int silent() {
        return (int) devices.values().stream().filter(Device::isSilent).count();
    }

    public int inTrouble() {
        return (int) devices.values().stream().filter(Device::isInTrouble).count();
    }

    /** Which devices are announced from several addresses, in words; empty if none is. */
    public String claimed() {
        List<Integer> claimed = devices.values().stream().filter(Device::isClaimed).map(Device::instance).toList();
        return claimed.isEmpty() ? "" : claimed.size() == 1
                ? "device " + claimed.get(0) + " is announced from several addresses"
                : claimed.size() + " devices are announced from several addresses, " + claimed.get(0) + " among them";
    }

    public Stream<CollectedLog> logs() {
        return devices.values().stream().flatMap(device -> device.inventory().logs().stream());
    }

    public Optional<CollectedLog> log(TrendLogId id) {
        return device(id).flatMap(device -> device.inventory().log(id));
    }

    private Optional<Device> device(TrendLogId id) {
        return id.site().equals(settings.site()) ? Optional.ofNullable(devices.get(id.device())) : Optional.empty();
    }

    public List<DeviceState> deviceStates() {
        return devices.values().stream().map(Device::state).toList();
    }

    public List<LogState> logStates() {
        return devices.values().stream()
                .flatMap(device -> device.inventory().logs().stream().map(log -> state(device, log))).toList();
    }

    public Optional<LogState> logState(TrendLogId id) {
        return device(id).flatMap(device -> device.inventory().log(id).map(log -> state(device, log)));
    }

    private LogState state(Device device, CollectedLog log) {
        return log.state(settings.visit(), device.nextVisit(), device.trouble());
    }
}
