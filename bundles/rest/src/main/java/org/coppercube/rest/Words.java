// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLogId;

/** The words that the API has for kinds, flags and states; JSON and CSV use the same. */
final class Words {

    private static final Map<Class<? extends Reading>, String> TYPES = Map.ofEntries(
            entry(Reading.Real.class, "real"), entry(Reading.Double.class, "double"),
            entry(Reading.Enumerated.class, "enumerated"), entry(Reading.Unsigned.class, "unsigned"),
            entry(Reading.Signed.class, "signed"), entry(Reading.Boolean.class, "boolean"),
            entry(Reading.BitString.class, "bitstring"), entry(Reading.Null.class, "null"),
            entry(Reading.Text.class, "string"), entry(Reading.LogStatus.class, "log-status"),
            entry(Reading.Failure.class, "failure"), entry(Reading.TimeChange.class, "time-change"),
            entry(Reading.Undecodable.class, "undecodable"), entry(Reading.Gap.class, "gap"),
            entry(Reading.Any.class, "any"), entry(Reading.Event.class, "event"));

    private Words() {
    }

    static String type(Reading reading) {
        return TYPES.get(reading.getClass());
    }

    static List<String> flags(int flags) {
        List<String> words = new ArrayList<>(4);
        addIf((flags & Sample.IN_ALARM) != 0, "in-alarm", words);
        addIf((flags & Sample.FAULT) != 0, "fault", words);
        addIf((flags & Sample.OVERRIDDEN) != 0, "overridden", words);
        addIf((flags & Sample.OUT_OF_SERVICE) != 0, "out-of-service", words);
        return words;
    }

    static List<String> status(Reading.LogStatus status) {
        List<String> words = new ArrayList<>(3);
        addIf(status.logDisabled(), "log-disabled", words);
        addIf(status.bufferPurged(), "buffer-purged", words);
        addIf(status.logInterrupted(), "log-interrupted", words);
        return words;
    }

    /** What takes the place of a number that JSON does not have. */
    static String special(double number) {
        return Double.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
    }

    /** Name of the object type (ASHRAE 135, 21.6, BACnetObjectType). */
    static String objectType(TrendLogId.Kind kind) {
        return switch (kind) {
            case TL -> "trend-log";
            case TLM -> "trend-log-multiple";
            case EL -> "event-log";
            case AI -> "analog-input";
            case AO -> "analog-output";
            case AV -> "analog-value";
            case BI -> "binary-input";
            case BO -> "binary-output";
            case BV -> "binary-value";
            case MI -> "multi-state-input";
            case MO -> "multi-state-output";
            case MV -> "multi-state-value";
        };
    }

    /** {@code DEVICE_AWAY} as {@code device-away}. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void addIf(boolean set, String word, List<String> words) {
        if (set) {
            words.add(word);
        }
    }
}
