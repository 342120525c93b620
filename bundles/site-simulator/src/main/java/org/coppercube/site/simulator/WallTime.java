// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.enums.DayOfWeek;
import com.serotonin.bacnet4j.enums.Month;
import com.serotonin.bacnet4j.type.constructed.DateTime;
import com.serotonin.bacnet4j.type.constructed.TimeStamp;
import com.serotonin.bacnet4j.type.primitive.Date;
import com.serotonin.bacnet4j.type.primitive.Time;
import com.serotonin.bacnet4j.util.sero.ByteQueue;
import java.time.LocalDateTime;

/** A moment as a controller tells it: local, without a zone, in hundredths of a second. */
record WallTime(Date date, Time time) {

    static final WallTime UNSPECIFIED = new WallTime(Date.UNSPECIFIED, Time.UNSPECIFIED);

    static WallTime of(LocalDateTime local) {
        return new WallTime(
                new Date(local.getYear(), Month.valueOf((byte) local.getMonthValue()), local.getDayOfMonth(),
                        DayOfWeek.valueOf(local.getDayOfWeek().getValue())),
                new Time(local.getHour(), local.getMinute(), local.getSecond(), local.getNano() / 10_000_000));
    }

    TimeStamp stamp() {
        return new TimeStamp(new DateTime(date, time));
    }

    void write(ByteQueue out) {
        date.write(out);
        time.write(out);
    }
}
