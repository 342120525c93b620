// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import java.io.IOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.coppercube.api.archive.ResumePoint;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.message.Damaged;
import org.coppercube.collector.bacnet.message.LogRecord;

/**
 * The series of one log object that have got equally far, so that a record is read once for all of them: one series,
 * or members of a Trend Log Multiple. Every sequence number goes to each of them once, as a record or within a gap.
 * Belongs to the loop.
 */
public final class Ledger {
    private record Place(long next, Optional<Long> shown) {
    }

    private final List<Account> accounts = new ArrayList<>();
    private final Freight freight;
    private final boolean away;
    private LogRecord newest; // of those written; the archive's last sample counts until then
    private long passed; // records after it that cannot be read

    private Ledger(Freight freight, boolean away) {
        this.freight = freight;
        this.away = away;
    }

    /** @param logs the series of one log object that are wanted */
    public static Collection<Ledger> of(List<CollectedLog> logs, Map<TrendLogId, Optional<ResumePoint>> resume,
            Freight freight) {
        Map<Place, Ledger> ledgers = new LinkedHashMap<>();
        for (CollectedLog log : logs) {
            Optional<ResumePoint> point = resume.get(log.description().id());
            Account account = new Account(log.description(), point);
            Place place = new Place(account.isBegun() ? account.next() : 0,
                    Optional.ofNullable(account.last()).map(Account::shown));
            ledgers.computeIfAbsent(place, one -> new Ledger(freight,
                    log.isAway(point.flatMap(ResumePoint::last)))).accounts.add(account);
        }
        return ledgers.values();
    }

    boolean isBegun() {
        return accounts.get(0).isBegun();
    }

    /** First sequence number that is not accounted for. */
    long next() {
        return accounts.get(0).next();
    }

    /** Whether there is a record to recognise the log by. */
    boolean hasLast() {
        return newest != null || accounts.get(0).last() != null;
    }

    /** How many numbers after that record are accounted for, too. */
    long sinceLast() {
        return newest != null ? passed : next() - 1 - accounts.get(0).last().sequence();
    }

    /** Whether this is that record. */
    boolean isLast(LogRecord record) {
        return newest != null ? newest.equals(record) : accounts.stream().allMatch(account -> account.isLast(record));
    }

    /** Whether this one, under the number of that record, is surely another. */
    boolean isOther(LogRecord record) {
        return newest != null ? !newest.equals(record) : accounts.stream().anyMatch(account -> account.isOther(record));
    }

    /** Whether what came is that record, which cannot be read any better. */
    boolean isLast(IOException cause) {
        return cause instanceof Damaged damaged && damaged.record() != null && isLast(damaged.record());
    }

    /** Where that record is among these, -1 if it is not: the last of those that are like it. */
    int findLast(List<LogRecord> records) {
        int at = records.size() - 1;
        while (at >= 0 && !isLast(records.get(at))) {
            at--;
        }
        return at;
    }

    /** What the device's clock showed in that record; empty if it had no time, or there is none. */
    Optional<LocalDateTime> lastTime() {
        return newest != null ? Optional.ofNullable(newest.time())
                : Optional.ofNullable(accounts.get(0).last())
                        .filter(last -> last.timeSource() == Sample.TimeSource.RECORD)
                        .map(last -> WallClock.local(Account.shown(last)));
    }

    /** The history begins with this number: nothing is lost before it. */
    void begin(long first) {
        accounts.forEach(account -> account.begin(first));
    }

    /** The device counts anew, from this number on. */
    void restart(long first) {
        accounts.forEach(account -> account.restart(first));
    }

    /** The device has given our last record another number, and goes on with this one. */
    void renumber(long first) {
        accounts.forEach(account -> account.renumber(first));
    }

    /** The numbers go on at 1, after the last that there can be. */
    void wrap() {
        accounts.forEach(Account::wrap);
    }

    /** How many records are likely to be missing before this one where they have no numbers. */
    long missingBefore(LogRecord record) {
        return accounts.get(0).missingBefore(record);
    }

    /**
     * Goes on with these records.
     *
     * @param missing how many numbers before them nobody has
     * @param wrapping whether they went while the numbers began again at 1
     */
    CompletableFuture<Void> write(long missing, boolean wrapping, List<LogRecord> records) {
        if (!records.isEmpty()) {
            Reading.Gap.Cause cause = wrapping ? Reading.Gap.Cause.WRAP : cause(records.get(0).reading());
            accounts.forEach(account -> account.write(missing, cause, records));
            newest = records.get(records.size() - 1);
            passed = 0;
        }
        return store();
    }

    /** Goes on without a record that cannot be read. */
    void pass(long missing, boolean wrapping) {
        Reading.Gap.Cause cause = wrapping ? Reading.Gap.Cause.WRAP : cause(null);
        accounts.forEach(account -> account.pass(missing, cause));
        passed++;
    }

    private Reading.Gap.Cause cause(Reading after) {
        boolean purged = after instanceof Reading.LogStatus status && status.bufferPurged();
        boolean disabled = after instanceof Reading.LogStatus status
                && (status.logDisabled() || status.logInterrupted());
        return purged ? Reading.Gap.Cause.PURGE : disabled ? Reading.Gap.Cause.LOG_DISABLED
                : away ? Reading.Gap.Cause.DEVICE_AWAY : Reading.Gap.Cause.OVERFLOW;
    }

    /** Nothing comes any more. */
    CompletableFuture<Void> end() {
        accounts.forEach(Account::end);
        return store();
    }

    private CompletableFuture<Void> store() {
        accounts.forEach(account -> account.take()
                .forEach(chapter -> freight.add(account.id(), chapter.run(), chapter.samples())));
        return freight.makeRoom();
    }
}
