// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.coppercube.collector.bacnet.link.Loop;
import org.coppercube.collector.bacnet.settings.DeviceRanges;

/**
 * Asks "Who-Is" over all wanted instances, in slices with a pause between them, again and again. Belongs to the loop.
 */
final class Discovery {
    /** Sends one question; may be told when nothing can be sent. */
    @FunctionalInterface
    interface Caller {
        void whoIs(DeviceRanges.Range slice);
    }

    private static final int SLICE = 65_536;
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration LATER = Duration.ofMinutes(5);

    private final Loop loop;
    private final List<DeviceRanges.Range> slices;
    private final Caller caller;
    private Future<?> next;
    private volatile int passes;

    Discovery(Loop loop, DeviceRanges ranges, Caller caller) {
        this.loop = loop;
        this.slices = ranges.slices(SLICE);
        this.caller = caller;
    }

    /** Begins; anew when nobody could be reached until now. */
    void start() {
        passes = 0;
        ask(0);
    }

    /** How often everything was asked for since the start. */
    int passes() {
        return passes;
    }

    private void ask(int slice) {
        if (next != null) {
            next.cancel(false);
        }
        if (slice < slices.size()) {
            next = loop.schedule(() -> ask(slice + 1), PAUSE);
            caller.whoIs(slices.get(slice));
        } else if (!slices.isEmpty()) {
            Duration pause = SOON.multipliedBy(1L << Math.min(passes++, 6));
            next = loop.schedule(() -> ask(0), pause.compareTo(LATER) < 0 ? pause : LATER);
        }
    }
}
