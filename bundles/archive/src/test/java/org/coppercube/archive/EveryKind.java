// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Reading.Gap.Cause;
import org.coppercube.api.trend.Sample;

/** Samples of every kind: chosen ones that are hard to keep, and random ones. */
final class EveryKind {

    private EveryKind() {
    }

    static List<Reading> readings() {
        return List.of(new Reading.Real(21.5f), new Reading.Real(-0f), new Reading.Real(0f), new Reading.Real(0.1f),
                new Reading.Real(Float.NaN), new Reading.Real(Float.intBitsToFloat(0xFFC12345)),
                new Reading.Real(Float.NEGATIVE_INFINITY), new Reading.Real(Float.MIN_VALUE),
                new Reading.Real(Float.MAX_VALUE), new Reading.Double(Math.PI), new Reading.Double(Double.NaN),
                new Reading.Double(-0.0), new Reading.Double(Double.MAX_VALUE), new Reading.Enumerated(0xFFFF_FFFFL),
                new Reading.Unsigned(-1), new Reading.Unsigned(0), new Reading.Signed(Long.MIN_VALUE),
                new Reading.Signed(Long.MAX_VALUE), new Reading.Boolean(true), new Reading.Boolean(false),
                new Reading.BitString(""), new Reading.BitString("0110100"), new Reading.Text(""),
                new Reading.Text("K\u00e4lte \u2103 \ud83d\ude00"), new Reading.Text("half a pair \ud83d"),
                new Reading.Null(),
                new Reading.LogStatus(true, false, true), new Reading.LogStatus(false, true, false),
                new Reading.Failure(2, 31), new Reading.Failure(-1, Integer.MAX_VALUE),
                new Reading.TimeChange(-3600.25f), new Reading.TimeChange(Float.NaN),
                new Reading.Any("c4020001ff", null),
                new Reading.Any("", new Reading.Real(1.5f)), new Reading.Any("91ff", new Reading.Enumerated(255)),
                new Reading.Any("00", new Reading.Null()), new Reading.Any("75", new Reading.Text("text")),
                new Reading.Any("82", new Reading.BitString("01")), new Reading.Any("1c", new Reading.Failure(1, 2)),
                new Reading.Any("55", new Reading.Double(-1e300)), new Reading.Any("10", new Reading.Boolean(true)),
                new Reading.Any("2c", new Reading.LogStatus(true, true, true)),
                new Reading.Any("3c", new Reading.TimeChange(7)),
                new Reading.Event("3e01", new TreeMap<>(Map.of("event-type", "change-of-state", "", "\u0000"))),
                new Reading.Event("", new TreeMap<>()), new Reading.Undecodable("deadbeef"),
                new Reading.Undecodable(""), new Reading.Gap(1, Reading.Gap.Cause.OVERFLOW),
                new Reading.Gap(4_000_000_000L, Reading.Gap.Cause.PURGE));
    }

    /** One sample of each of these readings, from sequence 1 on, with flags, offsets and times of all sorts. */
    static List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        Random random = new Random(1);
        for (Reading reading : readings()) {
            long sequence = samples.isEmpty() ? 1 : samples.get(samples.size() - 1).lastSequence() + 1;
            if (sequence <= 0xFFFF_FFFFL) {
                samples.add(sample(random, sequence, reading));
            }
        }
        return samples;
    }

    /** Rising sequence numbers with jumps, times in no order, readings chosen, random bits or near the one before. */
    static List<Sample> random(Random random, long first, int count) {
        List<Reading> chosen = readings().stream().filter(r -> !(r instanceof Reading.Gap)).toList();
        List<Sample> samples = new ArrayList<>();
        long sequence = first;
        for (int i = 0; i < count; i++) {
            Reading reading = switch (random.nextInt(8)) {
                case 0 -> chosen.get(random.nextInt(chosen.size()));
                case 1 -> new Reading.Real(Float.intBitsToFloat(random.nextInt()));
                case 2 -> new Reading.Double(Double.longBitsToDouble(random.nextLong()));
                case 3 -> new Reading.Unsigned(random.nextLong());
                case 4 -> new Reading.Gap(1 + random.nextInt(9), cause(random));
                default -> new Reading.Real(random.nextInt(300) / 10f);
            };
            samples.add(sample(random, sequence, reading));
            sequence = samples.get(i).lastSequence() + 1 + (random.nextInt(10) == 0 ? random.nextInt(1_000) : 0);
        }
        return samples;
    }

    static Cause cause(Random random) {
        return Cause.values()[random.nextInt(Cause.values().length)];
    }

    private static Sample sample(Random random, long sequence, Reading reading) {
        long time = random.nextInt(4) == 0 ? random.nextLong() : 178_000_000_000L + 6_000 * sequence;
        return new Sample(sequence, time, random.nextInt(2881) - 1440, Sample.TimeSource.values()[random.nextInt(3)],
                random.nextInt(16), reading);
    }
}
