// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.coppercube.api.collect.DeviceState;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.trend.TrendLogId;

/** The devices of a network. Changed in the loop, read by anybody. */
final class Roster {
    private static final int MOST_DEVICES = 4096; // anybody can announce any number of them
    private static final long EVICTION_PAUSE = Duration.ofMillis(100).toNanos(); // to look through all takes its time

    private final ConcurrentNavigableMap<Integer, Device> devices = new ConcurrentSkipListMap<>();
    private final Means means;
    private final Settings settings;
    private long lastEviction = System.nanoTime() - EVICTION_PAUSE;

    Roster(Means means, Settings settings) {
        this.means = means;
        this.settings = settings;
        settings.devices().forEach((instance, address) -> devices.put(instance,
                new Device(means, settings, instance, new Station(address), Contact.LONGEST_APDU, true)));
    }

    /** An I-Am came. */
    void heard(int instance, Station from, int maxApdu) {
        Device known = devices.get(instance);
        if (known != null) {
            known.heard(from, maxApdu);
        } else if (devices.size() < MOST_DEVICES || evict()) {
            Device device = new Device(means, settings, instance, from, maxApdu, false);
            devices.put(instance, device);
            device.visitSoon();
        }
    }

    /** Makes room by leaving out one that was announced and never answered. */
    private boolean evict() {
        if (System.nanoTime() - lastEviction < EVICTION_PAUSE) {
            return false;
        }
        lastEviction = System.nanoTime();
        Optional<Map.Entry<Integer, Device>> nobody =
                devices.entrySet().stream().filter(one -> one.getValue().isNothingKnown()).findAny();
        nobody.ifPresent(one -> {
            one.getValue().forget();
            devices.remove(one.getKey());
        });
        return nobody.isPresent();
    }

    /** Visits all that are not being visited. */
    void visitAll() {
        devices.values().forEach(Device::visitSoon);
    }

    /** Visits these logs of one device. */
    void visit(int instance, List<TrendLogId> logs) {
        Optional.ofNullable(devices.get(instance)).ifPresent(device -> device.visit(logs));
    }

    int size() {
        return devices.size();
    }

    int silent() {
        return (int) devices.values().stream().filter(Device::isSilent).count();
    }

    int inTrouble() {
        return (int) devices.values().stream().filter(Device::isInTrouble).count();
    }

    Stream<CollectedLog> logs() {
        return devices.values().stream().flatMap(device -> device.logs().stream());
    }

    Optional<CollectedLog> log(TrendLogId id) {
        return device(id).flatMap(device -> device.log(id));
    }

    private Optional<Device> device(TrendLogId id) {
        return id.site().equals(settings.site()) ? Optional.ofNullable(devices.get(id.device())) : Optional.empty();
    }

    List<DeviceState> deviceStates() {
        return devices.values().stream().map(Device::state).toList();
    }

    List<LogState> logStates() {
        return devices.values().stream()
                .flatMap(device -> device.logs().stream().map(log -> state(device, log))).toList();
    }

    Optional<LogState> logState(TrendLogId id) {
        return device(id).flatMap(device -> device.log(id).map(log -> state(device, log)));
    }

    private LogState state(Device device, CollectedLog log) {
        return log.state(settings.visit(), device.nextVisit());
    }
}
