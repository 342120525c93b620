// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.settings;

import java.util.ArrayList;
import java.util.List;

/** Which device instances are looked for: ranges, less those excluded. */
public final class DeviceRanges {
    /** The ends belong to it. */
    public record Range(int from, int to) {
        public boolean contains(int instance) {
            return from <= instance && instance <= to;
        }
    }

    private final List<Range> wanted;
    private final List<Range> excluded;

    public DeviceRanges(List<Range> wanted, List<Range> excluded) {
        this.wanted = List.copyOf(wanted);
        this.excluded = List.copyOf(excluded);
    }

    public boolean contains(int instance) {
        return wanted.stream().anyMatch(one -> one.contains(instance))
                && excluded.stream().noneMatch(one -> one.contains(instance));
    }

    /** The wanted ranges, cut so that not all devices of a site answer one question. */
    public List<Range> slices(int size) {
        List<Range> slices = new ArrayList<>();
        for (Range range : wanted) {
            for (int from = range.from; from <= range.to; from += size) {
                slices.add(new Range(from, Math.min(range.to, from + size - 1)));
            }
        }
        return slices;
    }
}
