// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.exchange;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.coppercube.collector.bacnet.link.Loop;
import org.coppercube.collector.bacnet.link.Throttle;

/**
 * Lets so many be under way at once, and no more than so many a second begin; the others stand in line. Belongs to the
 * loop.
 */
final class Gate {
    private final Loop loop;
    private final int most;
    private final Throttle pace;
    private final Queue<Runnable> line = new ArrayDeque<>();
    private int within;
    private boolean early;

    /** @param pace may be shared with other gates */
    Gate(Loop loop, int most, Throttle pace) {
        this.loop = loop;
        this.most = most;
        this.pace = pace;
    }

    /** Goes on when it is its turn: at once, or later. */
    void enter(Runnable onward) {
        line.add(onward);
        admit();
    }

    /** One that had entered is done. */
    void leave() {
        within--;
        admit();
    }

    private void admit() {
        while (within < most && !line.isEmpty() && !early) {
            long wait = pace.pass(System.nanoTime());
            if (wait > 0) {
                early = true;
                loop.schedule(() -> {
                    early = false;
                    admit();
                }, Duration.ofNanos(wait));
            } else {
                within++;
                line.remove().run();
            }
        }
    }

    /** Whether nobody is within or in line. */
    boolean isIdle() {
        return within == 0 && line.isEmpty();
    }
}
