// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.exchange.Contact;
import org.coppercube.collector.bacnet.link.Absent;
import org.coppercube.collector.bacnet.log.Backoff;
import org.coppercube.collector.bacnet.log.Means;
import org.coppercube.collector.bacnet.message.Failures;
import org.coppercube.collector.bacnet.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of a device: who it is and which logs it has. Asked for at first, when another is met at its address,
 * when it says that it has changed, and once a day, for not all changes are said. Belongs to the loop.
 */
final class Acquaintance {
    private static final Logger LOG = LoggerFactory.getLogger(Acquaintance.class);
    static final Duration HOLDS = Duration.ofDays(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1); // for one that changes all the time

    private final Means means;
    private final Settings settings;
    private final Bounds bounds;
    private final String whose;
    private final int instance;
    private final Contact contact;
    private final Greeting greeting;
    private final Inventory inventory;
    private final Questionnaire questionnaire;
    private final Backoff changes = new Backoff();
    private boolean met;
    private boolean describing;
    private Object described; // its edition when it began to be described; null if it is known to be older
    private boolean ended;
    private Instant missed; // since when it has not answered; null while it does
    private int exchanges;
    private volatile String trouble = "";
    private long describedAt;
    private long describeAt;

    /** @param whose for the log */
    Acquaintance(Means means, Settings settings, Bounds bounds, String whose, int instance, Contact contact) {
        this.means = means;
        this.settings = settings;
        this.bounds = bounds;
        this.whose = whose;
        this.instance = instance;
        this.contact = contact;
        this.greeting = new Greeting(instance, new ClockWatch(whose, means.zone()));
        this.inventory = new Inventory(whose, bounds);
        this.questionnaire = new Questionnaire(means.properties(), contact, bounds, System::nanoTime);
    }

    Greeting greeting() {
        return greeting;
    }

    Inventory inventory() {
        return inventory;
    }

    /** Whether it has told its logs, and is the same since. */
    boolean isMade() {
        return met;
    }

    /** It may be another than before. */
    void forget() {
        met = false;
    }

    /** Nobody wants to know any more. */
    void end() {
        ended = true;
        questionnaire.forget();
        inventory.forget();
    }

    /** Whether it is being described beside the visits. */
    boolean isDescribing() {
        return describing;
    }

    /** Why it is not known what logs it has now; empty if it is. May be asked by anybody. */
    String trouble() {
        return trouble.isEmpty() ? inventory.trouble() : trouble;
    }

    /** Completed when it is made; fails if the device does not tell what is needed. */
    CompletableFuture<Void> make() {
        if (met) {
            return CompletableFuture.completedFuture(null);
        }
        greeting.askAll();
        return means.properties().read(contact, greeting.all()).thenCompose(told -> {
            try {
                tellExchange(greeting.meet(told, contact));
                return describe();
            } catch (Absent e) {
                return CompletableFuture.failedFuture(e);
            }
        }).thenAccept(news -> met = true).whenComplete((made, failure) -> {
            if (failure == null) {
                missed = null;
            } else if (missed == null && Failures.cause(failure) instanceof SocketTimeoutException) {
                missed = Instant.now();
            }
        });
    }

    private void tellExchange(String difference) {
        if (!difference.isEmpty() && Integer.bitCount(++exchanges) == 1) { // two at one address may take turns
            LOG.warn("{} at {} was exchanged or renamed ({}); its logs go on, in a new run where their records do not "
                    + "continue", whose, contact.station(), difference);
        }
    }

    /** @return whether there are new logs */
    private CompletableFuture<Boolean> describe() {
        return bounds.inTurn(() -> {
            described = greeting.edition();
            questionnaire.begin(described);
            return new Describer(questionnaire, contact, instance, greeting.identity().name(), settings.site(),
                    means.zone()).describe();
        }).thenCompose(told -> means.loop().offload(() -> choices(told.logs())).thenApply(chosen -> {
            questionnaire.forget();
            trouble = "";
            describedAt = System.nanoTime();
            describeAt = describedAt + (long) (HOLDS.toNanos() * Device.jitter());
            boolean news = inventory.learn(told, chosen, settings.archiveAutomatically());
            if (missed != null) {
                inventory.logs().forEach(log -> log.missed(missed));
            }
            means.bindings().described(instance, contact, inventory.objects());
            return news;
        }));
    }

    /** What the operator chose, by log; and not those for which the archive has no place. */
    private Map<TrendLogId, Optional<Boolean>> choices(List<TrendLog> told) {
        if (settings.archiveAutomatically()) {
            means.intake().describe(told);
        }
        return told.stream().map(TrendLog::id)
                .collect(Collectors.toMap(id -> id, means.intake()::chosen));
    }

    /** A visit begins. */
    void greet() {
        if (isOld()) {
            greeting.askAll();
        }
    }

    /** Whether it has said that it has changed since it began to be described. */
    private boolean isOutdated() {
        return !greeting.edition().equals(described);
    }

    private boolean isOld() {
        return System.nanoTime() - describeAt >= 0;
    }

    /**
     * A visit is over. If need be, the logs are asked for beside the next ones: there may be a line to stand in, and
     * records do not wait.
     *
     * @param changed whether the device says that it has changed; which is believed at once, then less and less soon
     * @param news done when there are new logs
     */
    void renew(boolean changed, Runnable news) {
        if (changed) {
            described = null;
        }
        if (describing || ended) {
            return;
        }
        if (isOutdated()) {
            long soon = describedAt + changes.take(LONGEST_PAUSE).minus(Backoff.FIRST).toNanos();
            describeAt = soon - describeAt < 0 ? soon : describeAt;
        } else if (isOld()) {
            changes.reset(); // it has kept still for a day
        }
        if (isOld()) {
            describing = true;
            describe().whenComplete((hasNews, failure) -> {
                describing = false;
                if (failure != null) {
                    LOG.debug("{} could not be described again", whose, failure);
                    trouble = "it may have other logs now: they were not told (" + Failures.message(failure) + ")";
                    describeAt = System.nanoTime() + LONGEST_PAUSE.toNanos();
                    return;
                }
                if (hasNews) {
                    news.run();
                }
                if (isOutdated()) { // a visit beside has told so
                    means.loop().schedule(() -> renew(false, news), Backoff.FIRST);
                }
            });
        }
    }
}
