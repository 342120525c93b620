// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.type.constructed.TimeStamp;
import com.serotonin.bacnet4j.type.primitive.ObjectIdentifier;
import com.serotonin.bacnet4j.util.sero.ByteQueue;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * A log whose ring buffer holds nothing: records are computed when somebody asks. Inside the program they are counted
 * from 1 on; {@link #number} is what they are called outside.
 *
 * @param buffer records it can hold
 * @param threshold after how many records recipients of notifications are told; 0 for never
 */
record Log(int instance, String name, String description, Contents contents, Timeline timeline, long buffer,
        long threshold, Condition condition, DeviceClock clock) {

    static final long LAST_NUMBER = 0xFFFF_FFFFL; // followed by 1 (ASHRAE 135, 12.25.16)

    ObjectIdentifier id() {
        return new ObjectIdentifier(contents.type(), instance);
    }

    long newest(long now) {
        return timeline.newest(now);
    }

    /** The first record still in the buffer; one after the newest when it is empty. */
    long oldest(long now) {
        return Math.max(timeline.beginning(now), newest(now) - buffer + 1);
    }

    /** The first record in the buffer whose local time is after that; one after the newest if there is none. */
    long firstAfter(long local, long now) {
        return first(local + 1, oldest(now), newest(now));
    }

    /** The last record in the buffer whose local time is before that; one before the oldest if there is none. */
    long lastBefore(long local, long now) {
        if (rises(oldest(now), newest(now))) {
            return first(local, oldest(now), newest(now)) - 1;
        }
        long record = newest(now);
        while (record >= oldest(now) && stamp(record) >= local) {
            record--;
        }
        return record;
    }

    /** The record's number on the network (ASHRAE 135, 12.25.16). */
    long number(long record, long now) {
        return (record - 1 + numbersBefore(now)) % LAST_NUMBER + 1;
    }

    /** The record in the buffer that has this number. */
    OptionalLong find(long number, long now) {
        long record = newest(now) - Math.floorMod(number(newest(now), now) - number, LAST_NUMBER);
        return number >= 1 && record >= oldest(now) ? OptionalLong.of(record) : OptionalLong.empty();
    }

    /** The number of the record made last, 0 when there never was one. */
    long total(long now) {
        long made = newest(now) + numbersBefore(now);
        return made == 0 ? 0 : (made - 1) % LAST_NUMBER + 1;
    }

    /** The record at which a notification was due last, 0 if none was. */
    long lastNotified(long now) {
        return threshold == 0 ? 0 : newest(now) - newest(now) % threshold;
    }

    /** When that was. */
    TimeStamp notificationTime(long now) {
        return lastNotified(now) == 0 ? TimeStamp.UNSPECIFIED_DATETIME
                : clock.wall(timeline.timeOf(lastNotified(now))).stamp();
    }

    /** {@link #number}, or 0 for a record that never was or that the device has forgotten. */
    long numberOrNone(long record, long now) {
        return record < 1 || timeline.forgets() && record < timeline.beginning(now) ? 0 : number(record, now);
    }

    boolean numbered() {
        return !condition.has(Fault.NO_SEQUENCE) && !condition.has(Fault.BY_POSITION_ONLY);
    }

    boolean enabled(long now) {
        return !condition.lasts(Fault.DISABLE, now);
    }

    void write(long record, ByteQueue out) {
        long time = timeline.timeOf(record);
        entry(record, time).write(out, condition.hits(Fault.NO_TIME, record) ? WallTime.UNSPECIFIED
                : clock.wall(time));
    }

    private Entry entry(long record, long time) {
        if (condition.hits(Fault.TRUNCATED_RECORD, record)) {
            return Entry.TRUNCATED;
        } else if (condition.hits(Fault.UNKNOWN_CHOICE, record)) {
            return Entry.UNKNOWN_CHOICE;
        }
        return timeline.note(record, contents).orElseGet(() -> contents.sample(record, time));
    }

    // A device looks from the old end; only where all times rise is there a shorter way.
    private long first(long notBefore, long from, long to) {
        if (!rises(from, to)) {
            return LongStream.rangeClosed(from, to).filter(record -> stamp(record) >= notBefore).findFirst()
                    .orElse(to + 1);
        }
        long low = from;
        long high = to + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (stamp(middle) < notBefore) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private long stamp(long record) {
        return clock.local(timeline.timeOf(record));
    }

    private boolean rises(long from, long to) {
        return from > to || !clock.goesBack(timeline.timeOf(from), timeline.timeOf(to));
    }

    private long numbersBefore(long now) {
        long beginning = timeline.beginning(now);
        return timeline.forgets() && beginning > 1 ? 1 - beginning
                : condition.amount(Fault.FIRST_SEQUENCE, 1) - 1;
    }
}
