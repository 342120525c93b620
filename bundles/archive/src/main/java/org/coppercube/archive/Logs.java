// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.coppercube.api.trend.TrendLogId;

/** Every log by its id. It never changes: the next one shares the ids with it, which rarely become more. */
final class Logs extends AbstractMap<TrendLogId, LogState> {

    static final Logs NONE = new Logs(Map.of(), new LogState[0]);

    private final Map<TrendLogId, Integer> places;
    private final LogState[] states;

    private Logs(Map<TrendLogId, Integer> places, LogState[] states) {
        this.places = places;
        this.states = states;
    }

    /** With these instead of those with the same ids. */
    Logs with(Collection<LogState> changed) {
        Map<TrendLogId, Integer> all = places;
        LogState[] next = Arrays.copyOf(states, states.length + changed.size());
        int size = states.length;
        for (LogState state : changed) {
            Integer place = all.get(state.log().id());
            if (place == null) {
                all = all == places ? new HashMap<>(places) : all;
                place = size++;
                all.put(state.log().id(), place);
            }
            next[place] = state;
        }
        return new Logs(all, Arrays.copyOf(next, size));
    }

    @Override
    public LogState get(Object id) {
        Integer place = places.get(id);
        return place == null ? null : states[place];
    }

    @Override
    public boolean containsKey(Object id) {
        return places.containsKey(id);
    }

    @Override
    public List<LogState> values() {
        return Collections.unmodifiableList(Arrays.asList(states));
    }

    @Override
    public Set<Map.Entry<TrendLogId, LogState>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<TrendLogId, LogState>> iterator() {
                return values().stream().map(state -> Map.entry(state.log().id(), state)).iterator();
            }

            @Override
            public int size() {
                return states.length;
            }
        };
    }
}
