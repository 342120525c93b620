// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.coppercube.api.trend.TrendLogId;

/** The query of one request. Whatever is wrong with a parameter is a {@link Problem} that names it. */
final class Params {

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");

    private final Map<String, String> values = new HashMap<>();

    /**
     * @param query the query as sent, null if there is none
     * @param known names that may occur
     */
    Params(String query, Set<String> known) {
        for (String part : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
            String[] pair = part.split("=", 2);
            String name = decode(pair[0], pair[0]);
            if (!known.contains(name)) {
                throw Problem.badParameter(name, known.isEmpty() ? "is not known here; there are no parameters"
                        : "is not known here; there are " + String.join(", ", new TreeSet<>(known)));
            }
            if (values.put(name, pair.length < 2 ? "" : decode(name, pair[1])) != null) {
                throw Problem.badParameter(name, "is given twice");
            }
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /**
     * A value of some form.
     *
     * @param reader makes the value of the text, and throws when it cannot
     * @param rule completes "it must be …"
     */
    <T> Optional<T> value(String name, Function<String, T> reader, String rule) {
        return text(name).map(text -> {
            try {
                return reader.apply(text);
            } catch (RuntimeException e) {
                throw Problem.badParameter(name, "is \"" + text + "\"; it must be " + rule);
            }
        });
    }

    Optional<Integer> integer(String name, int least, int most) {
        return value(name, text -> {
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
                throw new IllegalArgumentException();
            }
            return number;
        }, "a whole number from " + least + " to " + most);
    }

    Optional<String> site() {
        return value("site", text -> {
            if (!TrendLogId.isSite(text)) {
                throw new IllegalArgumentException();
            }
            return text;
        }, "1 to 40 of a-z, 0-9 and -");
    }

    /** A time in hundredths of a second since 1970. */
    Optional<Long> time(String name) {
        return value(name, Rfc3339::hundredths,
                "an RFC 3339 date-time such as 2026-11-23T04:00:00Z or 2026-11-23T05:00:00%2B01:00");
    }

    Optional<LocalDate> day(String name) {
        return value(name, text -> {
            if (!DAY.matcher(text).matches()) { // a year of Java's may have more digits, or a sign
                throw new IllegalArgumentException();
            }
            return LocalDate.parse(text);
        }, "a date such as 2026-11-23");
    }

    /** All parameters but these, as one text. */
    String without(String... names) {
        Map<String, String> others = new TreeMap<>(values);
        others.keySet().removeAll(Set.of(names));
        return others.toString();
    }

    private static String decode(String name, String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.badParameter(name, "has a % that is not followed by two hexadecimal digits");
        }
    }
}
