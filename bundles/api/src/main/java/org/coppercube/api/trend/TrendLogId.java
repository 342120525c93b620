// SPDX-License-Identifier: Apache-2.0
package org.coppercube.api.trend;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one series of records for ever: {@code hq.1200.TL5}, {@code hq.1200.TLM2.3}, {@code hq.1200.AI4}.
 *
 * @param site short name of the BACnet internetwork, {@code [a-z0-9-]{1,40}}
 * @param device instance number of the device object, 0 to 4194302 (ASHRAE 135, 12.11)
 * @param kind what holds the records
 * @param instance instance number of that object, 0 to 4194302
 * @param member member of a Trend Log Multiple, 1 to 99999; 0 for every other kind
 */
public record TrendLogId(String site, int device, Kind kind, int instance, int member)
        implements Comparable<TrendLogId> {

    /** The largest instance number an object can have; 4194303 means "any" (ASHRAE 135, 20.2.14). */
    public static final int MAX_INSTANCE = 4_194_302;

    private static final int MAX_MEMBER = 99_999;

    /** What holds the records: a log object, or a point that the appliance polls itself. */
    public enum Kind {
        /** Trend Log. */ TL,
        /** Trend Log Multiple: one series a member. */ TLM,
        /** Event Log. */ EL,
        /** Analog Input, polled. */ AI,
        /** Analog Output, polled. */ AO,
        /** Analog Value, polled. */ AV,
        /** Binary Input, polled. */ BI,
        /** Binary Output, polled. */ BO,
        /** Binary Value, polled. */ BV,
        /** Multi-state Input, polled. */ MI,
        /** Multi-state Output, polled. */ MO,
        /** Multi-state Value, polled. */ MV
    }

    private static final Pattern SITE = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Pattern TEXT =
            Pattern.compile("([a-z0-9-]{1,40})\\.(\\d{1,7})\\.([A-Z]{2,3})(\\d{1,7})(?:\\.(\\d{1,5}))?");
    private static final Comparator<TrendLogId> ORDER = Comparator.comparing(TrendLogId::site)
            .thenComparingInt(TrendLogId::device).thenComparing(TrendLogId::kind)
            .thenComparingInt(TrendLogId::instance).thenComparingInt(TrendLogId::member);

    /** @throws IllegalArgumentException naming the part that is out of range */
    public TrendLogId {
        if (!isSite(site)) {
            throw new IllegalArgumentException("site is \"" + site + "\"; it must be 1 to 40 of a-z, 0-9 and -");
        }
        requireInstance("device", device);
        requireInstance("instance", instance);
        if (kind == Kind.TLM ? member < 1 || member > MAX_MEMBER : member != 0) {
            throw new IllegalArgumentException("member is " + member + "; it must be "
                    + (kind == Kind.TLM ? "1 to " + MAX_MEMBER + " for a TLM" : "0 for a " + kind));
        }
    }

    /** A log that is no member of a Trend Log Multiple. */
    public TrendLogId(String site, int device, Kind kind, int instance) {
        this(site, device, kind, instance, 0);
    }

    /** Whether this text can be the short name of a site. */
    public static boolean isSite(String text) {
        return SITE.matcher(text).matches();
    }

    /** Reads the form that {@link #toString} writes. @throws IllegalArgumentException if it is another form */
    public static TrendLogId parse(String text) {
        Matcher m = TEXT.matcher(text);
        if (m.matches()) {
            for (Kind kind : Kind.values()) {
                if (kind.name().equals(m.group(3))) {
                    return new TrendLogId(m.group(1), Integer.parseInt(m.group(2)), kind, Integer.parseInt(m.group(4)),
                            m.group(5) == null ? 0 : Integer.parseInt(m.group(5)));
                }
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" is no trend log id; one looks like hq.1200.TL5");
    }

    @Override
    public int compareTo(TrendLogId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        String text = site + '.' + device + '.' + kind + instance;
        return member == 0 ? text : text + '.' + member;
    }

    private static void requireInstance(String what, int number) {
        if (number < 0 || number > MAX_INSTANCE) {
            throw new IllegalArgumentException(what + " is " + number + "; it must be 0 to " + MAX_INSTANCE);
        }
    }
}
