// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.coppercube.collector.bacnet.message.Station;

/**
 * Other addresses that a device's instance was announced from: it may have moved, or there are two, or somebody lies.
 * Few are kept, and they are looked into seldom. Belongs to the loop; the addresses may be read by anybody.
 */
final class Claims {
    private static final int MOST = 8;
    private static final long HOLDS = Duration.ofDays(1).toNanos();
    private static final long PAUSE = Duration.ofMinutes(10).toNanos(); // of one claim
    private static final long PAUSE_OF_ALL = Duration.ofMinutes(1).toNanos();

    /** One of them. */
    static final class Claim {
        private final Station from;
        private int maxApdu;
        private long heard;
        private long lookAt;
        private long proveAt;
        private boolean refuted;

        private Claim(Station from, long now) {
            this.from = from;
            lookAt = now;
            proveAt = now;
        }

        Station from() {
            return from;
        }

        int maxApdu() {
            return maxApdu;
        }
    }

    private final Deque<Claim> claims = new ArrayDeque<>(); // the one heard last is last
    private long lookAt = System.nanoTime();
    private volatile List<String> refuted = List.of();

    /** It was announced from there. @return whether it is time to look into that */
    boolean heard(Station from, int maxApdu, long now) {
        Claim claim = claims.stream().filter(one -> one.from.equals(from)).findAny()
                .orElseGet(() -> new Claim(from, now));
        if (!claims.remove(claim) && claims.size() == MOST) {
            claims.removeFirst();
        }
        claims.add(claim);
        claim.maxApdu = maxApdu;
        claim.heard = now;
        boolean time = now - claim.lookAt >= 0 && now - lookAt >= 0;
        if (time) {
            claim.lookAt = now + PAUSE;
            lookAt = now + PAUSE_OF_ALL;
        }
        return time;
    }

    /** The device does not answer where it was: one that may prove now to be it. */
    Optional<Claim> next(long now) {
        Optional<Claim> next = claims.stream().filter(one -> now - one.proveAt >= 0).findFirst();
        next.ifPresent(one -> one.proveAt = now + PAUSE);
        return next;
    }

    /** It is not there. */
    void refute(Claim claim) {
        claim.refuted = true;
        publish();
    }

    /** None of them is it: it answers where it was. @return whether that is said of one for the first time */
    boolean refuteAll(long now) {
        boolean first = refuted.isEmpty();
        claims.removeIf(one -> now - one.heard > HOLDS);
        claims.forEach(one -> one.refuted = true);
        publish();
        return first && !refuted.isEmpty();
    }

    /** It was proven. */
    void remove(Claim claim) {
        claims.remove(claim);
        publish();
    }

    private void publish() {
        refuted = claims.stream().filter(one -> one.refuted).map(one -> one.from.toString()).toList();
    }

    /** Where it was announced from and not found. */
    List<String> refuted() {
        return refuted;
    }
}
