// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.coppercube.collector.bacnet.exchange.Contact;
import org.coppercube.collector.bacnet.exchange.Properties;
import org.coppercube.collector.bacnet.message.Station;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a device is, and where it is said to be. Anybody can announce any device from anywhere; so another address is
 * believed only when there is no answer at the one we know, and when the device there proves to be the same. Belongs to
 * the loop; the addresses may be read by anybody.
 */
final class Whereabouts {
    private static final Logger LOG = LoggerFactory.getLogger(Whereabouts.class);
    private static final int LOGS_ASKED_FOR = 25;

    private final String whose;
    private final int instance;
    private final boolean fixed;
    private final Contact contact;
    private final Claims claims = new Claims();
    private boolean impostorTold;
    private volatile String address;

    /**
     * @param whose for the log
     * @param fixed whether it stays where it is configured
     */
    Whereabouts(String whose, int instance, Contact contact, boolean fixed) {
        this.whose = whose;
        this.instance = instance;
        this.contact = contact;
        this.fixed = fixed;
        this.address = contact.station().toString();
    }

    @Override
    public String toString() {
        return address;
    }

    /** Other addresses from which it was announced, and where it was not found. */
    List<String> claimants() {
        return claims.refuted();
    }

    /** It was announced from another address. @return whether it is time to ask it where it is, and then there */
    boolean claimed(Station from, int maxApdu) {
        boolean time = claims.heard(from, maxApdu, System.nanoTime());
        if (time && fixed) {
            refuteClaims();
        }
        return time && !fixed;
    }

    /** It answers where it was. */
    void confirmed() {
        impostorTold = false;
        refuteClaims();
    }

    private void refuteClaims() {
        if (claims.refuteAll(System.nanoTime())) {
            LOG.warn("{} {} {} and was announced from {} too; the latter is passed over", whose,
                    fixed ? "is set to" : "answers at", address, claims.refuted());
        }
    }

    /** It is not where it was. @return whether it was found elsewhere */
    CompletableFuture<Boolean> search(Properties properties, Greeting known, Inventory inventory) {
        Optional<Claims.Claim> next = fixed ? Optional.empty() : claims.next(System.nanoTime());
        if (next.isEmpty()) {
            return CompletableFuture.completedFuture(false);
        }
        Claims.Claim claim = next.get();
        Proof proof = new Proof(known, inventory.sample(LOGS_ASKED_FOR));
        return proof.ask(properties, new Contact(claim.from(), claim.maxApdu())).handle((objection, noAnswer) -> {
            if (noAnswer == null && objection.isEmpty()) {
                move(claim, known);
                return CompletableFuture.completedFuture(true);
            }
            claims.refute(claim);
            if (noAnswer == null && !impostorTold) {
                impostorTold = true;
                LOG.warn("{} does not answer at {}, and was announced from {}: {}. If it takes its place, say "
                        + "devices = {}@{} in the network's cfg file", whose, address, claim.from(), objection,
                        instance, claim.from());
            }
            return search(properties, known, inventory);
        }).thenCompose(found -> found);
    }

    private void move(Claims.Claim claim, Greeting known) {
        if (!known.identity().equals(Identity.UNKNOWN)) {
            LOG.info("{} has moved from {} to {}", whose, address, claim.from());
        }
        claims.remove(claim);
        contact.movedTo(claim.from());
        contact.accepts(claim.maxApdu());
        address = claim.from().toString();
    }
}
