// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import com.serotonin.bacnet4j.type.constructed.Address;
import com.serotonin.bacnet4j.type.constructed.Recipient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.coppercube.collector.bacnet.exchange.Contact;
import org.coppercube.collector.bacnet.exchange.Properties;
import org.coppercube.collector.bacnet.exchange.Requests;
import org.coppercube.collector.bacnet.link.Frames;
import org.coppercube.collector.bacnet.link.Loop;
import org.coppercube.collector.bacnet.log.Bindings;
import org.coppercube.collector.bacnet.message.Failures;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.PropertyRef;
import org.coppercube.collector.bacnet.message.Questions;
import org.coppercube.collector.bacnet.message.Refused;
import org.coppercube.collector.bacnet.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our places in the recipient lists of the devices' notification classes, so that a log tells us when it has filled up.
 * Entered when a device has described itself and again every hour, which changes nothing where we are entered already;
 * taken back at the end. Belongs to the loop.
 */
final class Enrolment implements Bindings.Audience {
    private static final Logger LOG = LoggerFactory.getLogger(Enrolment.class);
    private static final Duration RENEWAL = Duration.ofHours(1);
    private static final Duration SECOND_FAREWELL = Duration.ofMillis(100);
    private static final int PROCESS = 0x4343; // what we are known by in the lists; any number will do
    private static final long NO_CLASS = 4194303;

    /**
     * A device that announced itself finds us in the same way, wherever we are next time; one behind a router must. One
     * that was configured need not hear our announcements: it has our address.
     *
     * @param address that one; null where we are entered by our device instance
     */
    private record Entry(Contact contact, InetSocketAddress address, Set<Integer> classes) {
    }

    private final Settings settings;
    private final Loop loop;
    private final Properties properties;
    private final Requests requests;
    private final Requests.Wire wire;
    private final Supplier<InetSocketAddress> own;
    private final Map<Integer, Entry> entries = new HashMap<>();
    private final SortedMap<Integer, String> refusals = new ConcurrentSkipListMap<>();

    Enrolment(Settings settings, Loop loop, Properties properties, Requests requests, Requests.Wire wire,
            Supplier<InetSocketAddress> own) {
        this.settings = settings;
        this.loop = loop;
        this.properties = properties;
        this.requests = requests;
        this.wire = wire;
        this.own = own;
        loop.repeat(this::renew, RENEWAL);
    }

    @Override
    public void described(int instance, Contact contact, Collection<ObjectId> logs) {
        List<PropertyRef> refs =
                logs.stream().map(log -> new PropertyRef(log, PropertyRef.NOTIFICATION_CLASS)).toList();
        if (!settings.notifications() || refs.isEmpty()) {
            return;
        }
        properties.read(contact, refs).thenCompose(told -> {
            Set<Integer> classes = new TreeSet<>();
            told.values().forEach(value -> value.unsigned().ifPresent(number -> {
                if (number < NO_CLASS) {
                    classes.add((int) number);
                }
            }));
            return enter(instance, contact, classes);
        }).exceptionally(failure -> passOver(contact, failure));
    }

    /** Enters us again where devices answer. */
    void renew() {
        Map.copyOf(entries).forEach((instance, entry) -> {
            if (entry.contact().answers()) {
                enter(instance, entry.contact(), entry.classes())
                        .exceptionally(failure -> passOver(entry.contact(), failure));
            }
        });
    }

    private Void passOver(Contact contact, Throwable failure) {
        LOG.debug("Network {}: {} could not be asked to notify us", settings.name(), contact.station(), failure);
        return null; // it is asked again when it describes itself
    }

    private CompletableFuture<Void> enter(int instance, Contact contact, Set<Integer> classes) {
        boolean byAddress = settings.devices().containsKey(instance) && contact.station().network() == 0;
        InetSocketAddress address = byAddress ? own.get() : null;
        if (byAddress && address == null) {
            return CompletableFuture.failedFuture(new IOException("the network is down"));
        }
        Entry entry = new Entry(contact, address, classes);
        Entry before = entries.put(instance, entry);
        if (before != null) { // we must not be told where we were, nor what is of no interest any more
            before.classes().stream()
                    .filter(one -> !classes.contains(one) || !Objects.equals(address, before.address()))
                    .forEach(one -> requests.ask(contact, removal(before, one)));
        }
        return enter(instance, entry, classes.iterator(),
                classes.isEmpty() ? "none of its logs has a notification class" : "");
    }

    private CompletableFuture<Void> enter(int instance, Entry entry, Iterator<Integer> classes, String refusal) {
        if (!classes.hasNext()) {
            tell(instance, entry.contact(), refusal);
            return CompletableFuture.completedFuture(null);
        }
        int next = classes.next();
        return requests.ask(entry.contact(), Questions.addRecipient(next, recipient(entry), PROCESS))
                .thenApply(done -> refusal).exceptionallyCompose(failure -> {
                    IOException cause = Failures.io(failure);
                    return cause instanceof Refused ? CompletableFuture.completedFuture(
                            "notification class " + next + ": " + cause.getMessage())
                            : CompletableFuture.failedFuture(cause);
                }).thenCompose(refused -> enter(instance, entry, classes, refused));
    }

    private void tell(int instance, Contact contact, String refusal) {
        String before = refusal.isEmpty() ? refusals.remove(instance) : refusals.put(instance, refusal);
        if (!refusal.equals(before == null ? "" : before)) {
            LOG.info("Network {}: device {} at {} {}", settings.name(), instance, contact.station(),
                    refusal.isEmpty() ? "notifies of its logs now" : "does not notify of its logs (" + refusal + ")");
        }
    }

    private Recipient recipient(Entry entry) {
        return entry.address() == null ? new Recipient(ObjectId.device(settings.deviceInstance()).encodable())
                : new Recipient(new Address(Address.LOCAL_NETWORK, Frames.bytes(entry.address())));
    }

    private Questions.Question removal(Entry entry, int notificationClass) {
        return Questions.removeRecipient(notificationClass, recipient(entry), PROCESS);
    }

    /** Devices that do not notify us, and why. May be asked by anybody. */
    SortedMap<Integer, String> refusals() {
        return refusals;
    }

    /**
     * Takes leave of all: nobody can be waited for at the end, so each is told twice, for the case that a datagram is
     * lost.
     */
    CompletableFuture<Void> withdraw() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (entries.isEmpty()) {
            done.complete(null);
        } else {
            takeLeave();
            loop.schedule(() -> {
                takeLeave();
                done.complete(null);
            }, SECOND_FAREWELL);
        }
        return done;
    }

    private void takeLeave() {
        entries.values().forEach(entry -> entry.classes().forEach(one -> {
            try {
                Contact contact = entry.contact();
                wire.send(contact.station(), removal(entry, one).apdu(contact.nextInvokeId()));
            } catch (IOException | RuntimeException e) {
                LOG.debug("Network {}: {} could not be told", settings.name(), entry.contact().station(), e);
            }
        }));
    }
}
