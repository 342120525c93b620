// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.coppercube.api.archive.ResumePoint;
import org.coppercube.api.trend.TrendLogId;

/**
 * One visit of one device: asks many logs at once how far they have got, reads those with news, and brings all to the
 * archive in one commit. Belongs to the loop.
 */
final class Visit {
    private static final int LOGS_A_QUESTION = 30;

    private final Means means;
    private final Contact contact;
    private final PropertyRef deviceName;
    private final String name;
    private final List<CollectedLog> logs;
    private final Freight freight;
    private final List<CollectedLog> read = new ArrayList<>();
    private final Set<CollectedLog> unread;
    private boolean missesObjects;

    /** @param name of the device, by which it is recognised: addresses may be given away anew */
    Visit(Means means, Contact contact, int instance, String name, List<CollectedLog> logs) {
        this.means = means;
        this.contact = contact;
        this.deviceName = new PropertyRef(ObjectId.device(instance), PropertyRef.OBJECT_NAME);
        this.name = name;
        this.logs = logs;
        this.unread = new LinkedHashSet<>(logs);
        this.freight = new Freight(means);
    }

    /**
     * Goes there. A log that cannot be read does not keep the others from being read; when the device falls silent,
     * what it has told until then is stored, and the visit fails.
     *
     * @return whether a log was gone, so that the device had better be described again
     */
    CompletableFuture<Boolean> run() {
        return means.loop().offload(this::resumePoints)
                .thenCompose(resume -> part(0, resume))
                .handle((done, failure) -> freight.store().thenCompose(stored -> {
                    read.forEach(CollectedLog::collected);
                    read.forEach(unread::remove);
                    return failure == null ? CompletableFuture.completedFuture(missesObjects)
                            : CompletableFuture.<Boolean>failedFuture(failure);
                }))
                .thenCompose(result -> result)
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        unread.forEach(log -> log.failed(Failures.message(failure)));
                    }
                });
    }

    /** Also describes them, because one may be visited that nobody has chosen to archive. */
    private Map<TrendLogId, Optional<ResumePoint>> resumePoints() {
        means.intake().describe(logs.stream().map(CollectedLog::description).toList());
        Map<TrendLogId, Optional<ResumePoint>> points = new HashMap<>();
        logs.forEach(log -> points.put(log.description().id(), means.intake().resumePoint(log.description().id())));
        return points;
    }

    /** Asks even if there are no logs, so that the visit tells whether the device answers. */
    private CompletableFuture<Void> part(int from, Map<TrendLogId, Optional<ResumePoint>> resume) {
        int to = Math.min(logs.size(), from + LOGS_A_QUESTION);
        List<PropertyRef> refs = new ArrayList<>(List.of(deviceName));
        logs.subList(from, to).forEach(log -> refs.addAll(Counts.refs(log.object())));
        return means.properties().read(contact, refs).thenCompose(told -> {
            String called = told.get(deviceName).name();
            return called.equals(name) ? logs(from, to, told, resume) : CompletableFuture.failedFuture(
                    new ProtocolException("the device there is not called " + name + " but " + called));
        }).thenCompose(done -> to < logs.size() ? part(to, resume) : CompletableFuture.completedFuture(null));
    }

    private CompletableFuture<Void> logs(int from, int to, Map<PropertyRef, PropertyValue> counts,
            Map<TrendLogId, Optional<ResumePoint>> resume) {
        if (from >= to) {
            return CompletableFuture.completedFuture(null);
        }
        return log(logs.get(from), counts, resume).thenCompose(done -> logs(from + 1, to, counts, resume));
    }

    private CompletableFuture<Void> log(CollectedLog log, Map<PropertyRef, PropertyValue> told,
            Map<TrendLogId, Optional<ResumePoint>> resume) {
        LogReader reader;
        try {
            Counts counts = Counts.of(log.object(), told);
            reader = new LogReader(means, contact, log, counts, resume.get(log.description().id()), freight);
        } catch (ProtocolException e) {
            fail(log, e);
            missesObjects = true;
            return CompletableFuture.completedFuture(null);
        }
        return reader.read().handle((done, failure) -> {
            if (failure == null) {
                read.add(log);
                return done;
            }
            IOException cause = Failures.io(failure);
            if (!(cause instanceof Refused || cause instanceof ProtocolException)) {
                throw new CompletionException(cause);
            }
            fail(log, cause);
            missesObjects |= cause instanceof Refused refused && refused.isUnknownObject();
            return done;
        });
    }

    private void fail(CollectedLog log, IOException cause) {
        unread.remove(log);
        log.failed(Failures.message(cause));
    }
}
