// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.coppercube.api.archive.ResumePoint;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.exchange.Contact;
import org.coppercube.collector.bacnet.exchange.Properties;
import org.coppercube.collector.bacnet.log.CollectedLog;
import org.coppercube.collector.bacnet.log.Counts;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.PropertyRef;

/**
 * Finds the logs of a device that have nothing new, in as few questions as can be: asks each for a single number, and
 * the device for one that shows that it is there still and has the same objects. Only what has news is asked for more.
 *
 * <p>In an answer (ASHRAE 135, 20.2.15 and 21) a log takes 12 bytes and its number 1 to 4, the device 18 at most, and the
 * APDU's header 3. So 480 bytes, as on MS/TP, are enough for thirty logs that have made up to 16,777,215 records each:
 * 3 + 18 + 30 * 15 = 471. Thirty that have made more take 3 + 30 * 16 = 483 and a second question. The clock takes 18
 * and goes along where there is room; where not, it is looked at when there is news. Belongs to the loop.
 */
final class Survey {
    private static final int HEADER_BYTES = 3;
    private static final int LOG_BYTES = 12;
    private static final int MARK_BYTES = 18;
    private static final int CLOCK_BYTES = 18;

    /** What a log with nothing new says. */
    private record Expected(PropertyRef ref, long number) {
        /** An unsigned number has as few bytes as can be (20.2.4). */
        int bytes() {
            return LOG_BYTES + Math.max(1, (71 - Long.numberOfLeadingZeros(number)) / 8);
        }
    }

    private final Properties properties;
    private final Contact contact;
    private final Greeting greeting;
    private final List<Expected> expected = new ArrayList<>();
    private final Set<ObjectId> quiet = new HashSet<>();

    Survey(Properties properties, Contact contact, Greeting greeting) {
        this.properties = properties;
        this.contact = contact;
        this.greeting = greeting;
    }

    /** One log object more. @param series of it, all that are wanted */
    void add(ObjectId log, List<CollectedLog> series, Map<TrendLogId, Optional<ResumePoint>> resume) {
        List<Optional<Long>> archived = series.stream().filter(CollectedLog::isNumbered)
                .map(one -> resume.get(one.description().id()).map(ResumePoint::sequence)).toList();
        boolean isProved = series.stream().noneMatch(one -> one.isProofDue(System.nanoTime()));
        if (isProved && archived.size() == series.size() && Set.copyOf(archived).size() == 1) {
            expected.add(archived.get(0).map(last -> new Expected(Counts.refs(log).get(1), last))
                    .orElseGet(() -> new Expected(Counts.refs(log).get(0), 0)));
        }
    }

    /** @return the logs that have nothing new: none of a device that may be another now */
    CompletableFuture<Set<ObjectId>> run() {
        return expected.isEmpty() || greeting.mark().isEmpty() ? CompletableFuture.completedFuture(quiet) : ask(0);
    }

    private CompletableFuture<Set<ObjectId>> ask(int from) {
        List<PropertyRef> refs = new ArrayList<>();
        int room = contact.maxApdu() - HEADER_BYTES - (from == 0 ? MARK_BYTES : 0);
        int to = from;
        while (to < expected.size() && (to == from || expected.get(to).bytes() <= room)) {
            room -= expected.get(to).bytes();
            refs.add(expected.get(to++).ref());
        }
        if (from == 0) {
            refs.addAll(room >= CLOCK_BYTES ? greeting.markAndClock() : greeting.mark());
        }
        int next = to;
        return properties.read(contact, refs).thenCompose(told -> {
            if (from == 0 && !greeting.isAsBefore(told, contact)) {
                return CompletableFuture.completedFuture(quiet);
            }
            expected.subList(from, next).stream()
                    .filter(one -> told.get(one.ref()).unsigned().equals(OptionalLong.of(one.number())))
                    .forEach(one -> quiet.add(one.ref().object()));
            return next < expected.size() ? ask(next) : CompletableFuture.completedFuture(quiet);
        });
    }
}
