// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.coppercube.api.trend.Sample;

/** Times as the API writes them: RFC 3339, UTC, with hundredths of a second. */
final class Rfc3339 {

    private static final long DAY = 8_640_000;
    private static final Pattern FORM = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d)[Tt ](\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?)(?:([Zz])|([ +-])(\\d\\d:\\d\\d))");

    private Rfc3339() {
    }

    static String text(Instant time) {
        return text(Sample.hundredths(time));
    }

    /** Any number has a text; a year that has not four digits gets a sign, one beyond Java's calendar its last. */
    static String text(long hundredths) {
        long day = Math.min(Math.max(Math.floorDiv(hundredths, DAY), LocalDate.MIN.toEpochDay()),
                LocalDate.MAX.toEpochDay());
        int rest = (int) Math.floorMod(hundredths, DAY);
        StringBuilder text = new StringBuilder(24).append(LocalDate.ofEpochDay(day));
        two(text, 'T', rest / 360_000);
        two(text, ':', rest / 6_000 % 60);
        two(text, ':', rest / 100 % 60);
        two(text, '.', rest % 100);
        return text.append('Z').toString();
    }

    /**
     * The first hundredth of a second that is not before a time, so that both {@code from} (inclusive) and {@code to}
     * (exclusive) mean what they say when they are finer than a sample's time.
     *
     * @throws RuntimeException if it is no RFC 3339 date-time
     */
    static long hundredths(String text) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("no RFC 3339 date-time: " + text);
        }
        String sign = " ".equals(m.group(4)) ? "+" : m.group(4); // a + that was not escaped arrives as a space
        Instant time = OffsetDateTime
                .parse(m.group(1) + 'T' + m.group(2) + (m.group(3) != null ? "Z" : sign + m.group(5))).toInstant();
        return Sample.hundredths(time) + (time.getNano() % 10_000_000 == 0 ? 0 : 1);
    }

    private static void two(StringBuilder text, char before, int number) {
        text.append(before).append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
