// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.coppercube.api.archive.ResumePoint;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.exchange.Contact;
import org.coppercube.collector.bacnet.log.CollectedLog;
import org.coppercube.collector.bacnet.log.Counts;
import org.coppercube.collector.bacnet.log.Freight;
import org.coppercube.collector.bacnet.log.Ledger;
import org.coppercube.collector.bacnet.log.LogReader;
import org.coppercube.collector.bacnet.log.Means;
import org.coppercube.collector.bacnet.message.Failures;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.PropertyRef;
import org.coppercube.collector.bacnet.message.PropertyValue;
import org.coppercube.collector.bacnet.message.Refused;

/**
 * One visit of one device: asks many logs at once how far they have got, reads those with news, and brings all to the
 * archive in one commit. Belongs to the loop.
 */
public final class Visit {
    private static final int LOGS_A_QUESTION = 30;
    private static final int LOG_BYTES = 25; // of an answer, for both counts of one log
    private static final int GREETING_BYTES = 100;

    private final Means means;
    private final Contact contact;
    private final Greeting greeting;
    private final Map<ObjectId, List<CollectedLog>> logs;
    private final List<ObjectId> objects; // that may have something new
    private final Freight freight;
    private final List<CollectedLog> read = new ArrayList<>();
    private final Set<CollectedLog> unread;
    private boolean missesObjects;
    private boolean silent; // at the log before

    public Visit(Means means, Contact contact, Greeting greeting, List<CollectedLog> logs) {
        this.means = means;
        this.contact = contact;
        this.greeting = greeting;
        this.logs = logs.stream()
                .collect(Collectors.groupingBy(CollectedLog::object, LinkedHashMap::new, Collectors.toList()));
        this.objects = new ArrayList<>(this.logs.keySet());
        this.unread = new LinkedHashSet<>(logs);
        this.freight = new Freight(means);
    }

    /**
     * Goes there. A log that cannot be read does not keep the others from being read; when the device falls silent,
     * what it has told until then is stored, and the visit fails.
     *
     * @return whether the device had better be described again: a log was gone, or it says that it has changed
     */
    public CompletableFuture<Boolean> run() {
        List<TrendLog> all = unread.stream().map(CollectedLog::description).toList();
        return means.loop().offload(() -> resumePoints(all))
                .thenCompose(resume -> survey(resume).thenCompose(quiet ->
                        quiet && objects.isEmpty() ? CompletableFuture.completedFuture(null) : part(0, resume)))
                .handle((done, failure) -> freight.store().thenCompose(stored -> {
                    read.forEach(CollectedLog::collected);
                    read.forEach(unread::remove);
                    return failure == null ? CompletableFuture.completedFuture(missesObjects)
                            : CompletableFuture.<Boolean>failedFuture(failure);
                }))
                .thenCompose(result -> result)
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        unread.forEach(log -> log.failed(failure));
                    }
                });
    }

    /** Also describes them, because one may be visited that nobody has chosen to archive. */
    private Map<TrendLogId, Optional<ResumePoint>> resumePoints(List<TrendLog> all) {
        means.intake().describe(all);
        return all.stream().map(TrendLog::id)
                .collect(Collectors.toMap(id -> id, id -> means.intake().resumePoint(id)));
    }

    /** Sorts out what has nothing new, unless one question is enough for thirty anyway. @return whether some has not */
    private CompletableFuture<Boolean> survey(Map<TrendLogId, Optional<ResumePoint>> resume) {
        Survey survey = new Survey(means.properties(), contact, greeting);
        if (contact.takesLists() && atOnce() < Math.min(LOGS_A_QUESTION, objects.size())) {
            logs.forEach((object, series) -> survey.add(object, series, resume));
        }
        return survey.run().thenApply(quiet -> {
            quiet.forEach(object -> logs.get(object).forEach(CollectedLog::countedAsBefore));
            quiet.forEach(object -> read.addAll(logs.get(object)));
            return objects.removeAll(quiet);
        });
    }

    /** How many logs can be asked for both their counts in one question, beside the greeting. */
    private int atOnce() {
        return Math.max(1, Math.min(LOGS_A_QUESTION, (contact.maxApdu() - GREETING_BYTES) / LOG_BYTES));
    }

    /** Asks even if there are no logs, so that the visit tells whether the device answers. */
    private CompletableFuture<Void> part(int from, Map<TrendLogId, Optional<ResumePoint>> resume) {
        int to = Math.min(objects.size(), from + atOnce());
        List<PropertyRef> refs = new ArrayList<>(from == 0 ? greeting.all() : greeting.who());
        objects.subList(from, to).forEach(object -> refs.addAll(Counts.refs(object)));
        return means.properties().read(contact, refs).thenCompose(told -> {
            try {
                missesObjects |= greeting.meetAgain(told, contact);
            } catch (IOException e) {
                return CompletableFuture.failedFuture(e);
            }
            objects.subList(from, to).forEach(object -> logs.get(object).forEach(log -> log.counted(told)));
            return objects(from, to, told, resume);
        }).thenCompose(done -> to < objects.size() ? part(to, resume) : CompletableFuture.completedFuture(null));
    }

    private CompletableFuture<Void> objects(int from, int to, Map<PropertyRef, PropertyValue> told,
            Map<TrendLogId, Optional<ResumePoint>> resume) {
        return from >= to ? CompletableFuture.completedFuture(null)
                : object(objects.get(from), told, resume).thenCompose(done -> objects(from + 1, to, told, resume));
    }

    private CompletableFuture<Void> object(ObjectId object, Map<PropertyRef, PropertyValue> told,
            Map<TrendLogId, Optional<ResumePoint>> resume) {
        List<CollectedLog> series = logs.get(object);
        CompletableFuture<Void> reading;
        try {
            Counts counts = Counts.of(object, told);
            reading = CompletableFuture.completedFuture(null);
            for (Ledger ledger : Ledger.of(series, resume, freight)) {
                LogReader reader = new LogReader(means, contact, series, ledger);
                reading = reading.thenCompose(done -> reader.read(counts));
            }
        } catch (ProtocolException e) {
            missesObjects = true;
            reading = CompletableFuture.failedFuture(e);
        }
        return reading.handle((done, failure) -> {
            if (failure == null) {
                read.addAll(series);
                silent = false;
                return done;
            }
            IOException cause = Failures.io(failure);
            boolean again = silent;
            silent = cause instanceof SocketTimeoutException; // once it may be a log that it cannot cope with
            if (!(cause instanceof Refused || cause instanceof ProtocolException || silent && !again)) {
                throw new CompletionException(cause);
            }
            unread.removeAll(series);
            series.forEach(log -> log.failed(cause));
            missesObjects |= cause instanceof Refused refused && refused.isUnknownObject();
            return done;
        });
    }
}
