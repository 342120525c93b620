// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.health.Health;
import org.coppercube.api.trend.TrendLogId;

/**
 * Which logs are archived when there are more than the {@link Capacity} allows. A log that the operator chose, or of
 * which something is held, has a place until it is chosen off. What is left is for the new ones, in the order in which
 * they were described.
 */
final class Places {

    private static final String WAY_OUT = "; set a larger capacity in etc/org.coppercube.archive.cfg, or choose other"
            + " logs off (cube:choose --off)";

    private record Found(Map<TrendLogId, LogState> logs, Set<Integer> leftOut) {
    }

    private final Capacity capacity;
    private volatile Found found = new Found(Map.of(), Set.of());

    Places(Capacity capacity) {
        this.capacity = capacity;
    }

    /** Whether there is no place for this log, one of these. */
    boolean leaveOut(LogState log, Map<TrendLogId, LogState> logs) {
        return isNew(log) && leftOut(logs).contains(log.id());
    }

    /** @throws ArchiveException if there are not enough places to choose these as well */
    void require(Collection<LogState> chosen, Map<TrendLogId, LogState> logs) {
        long placed = logs.values().stream().filter(log -> !isOff(log)).count();
        long more = chosen.stream().filter(log -> isOff(log) || leaveOut(log, logs)).count();
        if (more > Math.max(0, capacity.places() - placed)) {
            throw new ArchiveException("There are not " + more + " places more in the archive: capacity " + capacity
                    + " has " + capacity.places() + WAY_OUT, null);
        }
    }

    /** What there is to say of it; empty while there is a place for each log. */
    Optional<Health> health(Map<TrendLogId, LogState> logs) {
        long held = logs.values().stream().filter(log -> !isOff(log) && !isNew(log)).count();
        int leftOut = leftOut(logs).size();
        if (held <= capacity.places() && leftOut == 0) {
            return Optional.empty();
        }
        return Optional.of(new Health(Health.Level.DEGRADED, "There are more trend logs than the archive has places",
                leftOut + " new trend logs are not archived: capacity " + capacity + " has " + capacity.places()
                        + " places, and " + held + " logs have one and go on" + WAY_OUT));
    }

    private Set<Integer> leftOut(Map<TrendLogId, LogState> logs) {
        Found last = found;
        if (last.logs != logs) { // they never change
            long held = logs.values().stream().filter(log -> !isOff(log) && !isNew(log)).count();
            last = new Found(logs, logs.values().stream().filter(Places::isNew)
                    .sorted(Comparator.comparingInt(LogState::id)).skip(Math.max(0, capacity.places() - held))
                    .map(LogState::id).collect(Collectors.toSet()));
            found = last;
        }
        return last.leftOut;
    }

    private static boolean isOff(LogState log) {
        return Boolean.FALSE.equals(log.chosen());
    }

    private static boolean isNew(LogState log) {
        return log.chosen() == null && log.now().records() == 0;
    }
}
