// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.archive;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How time is cut for a roll-up. Seconds, minutes and hours are counted from 1970-01-01T00:00Z. Days, weeks (from
 * Monday) and months are those of the log's time zone, so a day may have 23 or 25 hours; several of them are counted
 * from 1970-01-01, weeks from 1970-01-05.
 *
 * @param count how many units, 1 to {@link #MOST}
 * @param unit of what
 */
public record Interval(int count, Unit unit) {

    /** The largest count. */
    public static final int MOST = 100_000;

    /** What there may be several of. */
    public enum Unit {
        /** 1s. */ SECOND("s"),
        /** 1m. */ MINUTE("m"),
        /** 1h. */ HOUR("h"),
        /** 1d. */ DAY("d"),
        /** 1w. */ WEEK("w"),
        /** 1mo. */ MONTH("mo");

        private final String symbol;

        Unit(String symbol) {
            this.symbol = symbol;
        }
    }

    private static final Pattern TEXT = Pattern.compile("(\\d{1,6})([a-z]{1,2})");

    /** @throws IllegalArgumentException if count is out of range */
    public Interval {
        Objects.requireNonNull(unit, "unit");
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("count is " + count + "; an interval has 1 to " + MOST + " units");
        }
    }

    /** Reads the form that {@link #toString} writes. @throws IllegalArgumentException if it is another form */
    public static Interval parse(String text) {
        Matcher m = TEXT.matcher(text);
        if (m.matches()) {
            for (Unit unit : Unit.values()) {
                if (unit.symbol.equals(m.group(2))) {
                    return new Interval(Integer.parseInt(m.group(1)), unit);
                }
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" is no interval; one looks like 30s, 15m, 1h, 1d, 1w or 1mo");
    }

    @Override
    public String toString() {
        return count + unit.symbol;
    }
}
