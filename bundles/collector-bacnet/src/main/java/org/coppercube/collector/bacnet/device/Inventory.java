// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.log.CollectedLog;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The logs of one device, and when each is due. Changed in the loop, read by anybody. */
final class Inventory {
    private static final Logger LOG = LoggerFactory.getLogger(Inventory.class);

    private final String whose;
    private final Bounds bounds;
    private final ConcurrentNavigableMap<TrendLogId, CollectedLog> logs = new ConcurrentSkipListMap<>();
    private String limit = "";
    private volatile String trouble = "";

    /** @param whose for the log */
    Inventory(String whose, Bounds bounds) {
        this.whose = whose;
        this.bounds = bounds;
    }

    Collection<CollectedLog> logs() {
        return logs.values();
    }

    /** The objects that have them; one may have several. */
    Set<ObjectId> objects() {
        return logs.values().stream().map(CollectedLog::object).collect(Collectors.toSet());
    }

    Optional<CollectedLog> log(TrendLogId id) {
        return Optional.ofNullable(logs.get(id));
    }

    /**
     * The device has told its logs. Those of which it did not tell this time whether it still has them stay.
     *
     * @param chosen what the operator chose; counts for logs not known yet only: about the others he may have thought
     *        again
     * @return whether there are new ones
     */
    boolean learn(Description description, Map<TrendLogId, Optional<Boolean>> chosen, boolean archivedElse) {
        List<TrendLog> told = description.logs();
        Set<TrendLogId> gone = new TreeSet<>(logs.keySet());
        gone.removeAll(chosen.keySet());
        gone.removeIf(id -> description.mayHave(logs.get(id).object()));
        if (!gone.isEmpty()) {
            LOG.warn("{} does not have {} of its trend logs any more, {} among them", whose, gone.size(),
                    gone.iterator().next());
        }
        int before = logs.size();
        logs.keySet().removeAll(gone);
        int known = logs.size();
        long wanted = told.stream().filter(log -> !logs.containsKey(log.id())).count();
        int granted = bounds.logs(before, known + (int) wanted);
        told.forEach(log -> {
            if (logs.containsKey(log.id())) {
                logs.get(log.id()).describe(log);
            } else if (logs.size() < granted) {
                logs.put(log.id(), new CollectedLog(ObjectId.of(log.id()), log, chosen.get(log.id()).orElse(archivedElse)));
            }
        });
        tellLimit(logs.size() < told.size() ? "its network has " + Bounds.MOST_LOGS + " already"
                : logs.size() >= LogDescriber.MOST_LOGS ? "one device may have no more" : "");
        tellTrouble(description.trouble());
        LOG.debug("{} has {} trend logs", whose, logs.size());
        return logs.size() > known;
    }

    /** Its device is no longer wanted: others may have as many. */
    void forget() {
        bounds.logs(logs.size(), 0);
        logs.clear();
    }

    private void tellTrouble(String now) {
        if (!now.isEmpty() && !now.equals(trouble)) {
            LOG.warn("{}: {}; it is asked again within a day, and when it says that it has changed", whose, now);
        }
        trouble = now;
    }

    /** What the device has told of its logs is not all: what is missing, and why; else empty. */
    String trouble() {
        return trouble;
    }

    private void tellLimit(String reached) {
        if (!reached.isEmpty() && !reached.equals(limit)) {
            LOG.warn("{}: {} of its trend logs are taken, no others ({}); device.exclude in the network's cfg file "
                    + "makes room", whose, logs.size(), reached);
        }
        limit = reached;
    }

    /**
     * Which to visit now: of an object that is read, all that are archived. Those that failed come last and in any order, so that one which makes the device fall silent
     * does not keep the same ones waiting every time.
     *
     * @param also these, even if not due
     */
    List<CollectedLog> due(Set<TrendLogId> also) {
        long now = System.nanoTime();
        Set<ObjectId> objects = logs.values().stream()
                .filter(log -> log.isSoonDue(now) || also.contains(log.description().id()))
                .map(CollectedLog::object).collect(Collectors.toSet());
        Map<Boolean, List<CollectedLog>> due = logs.values().stream()
                .filter(log -> log.isArchived() && objects.contains(log.object())
                        || also.contains(log.description().id()))
                .collect(Collectors.partitioningBy(log -> log.trouble().isEmpty()));
        Collections.shuffle(due.get(false));
        return Stream.concat(due.get(true).stream(), due.get(false).stream()).toList();
    }

    /** How long until one is due; at most that long. */
    Duration untilDue(Duration atMost) {
        long now = System.nanoTime();
        return logs.values().stream().filter(CollectedLog::isArchived).map(log -> log.untilDue(now))
                .reduce(atMost, (one, other) -> one.compareTo(other) < 0 ? one : other);
    }

    List<TrendLogId> archived() {
        return logs.entrySet().stream().filter(one -> one.getValue().isArchived()).map(Map.Entry::getKey).toList();
    }

    /** Some that are archived, at random: a device that lacks one of them is not this one. */
    List<ObjectId> sample(int size) {
        List<ObjectId> objects = archived().stream().map(id -> logs.get(id).object()).distinct()
                .collect(Collectors.toList());
        Collections.shuffle(objects);
        return objects.subList(0, Math.min(size, objects.size()));
    }
}
