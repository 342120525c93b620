// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The times of a chunk. Most logs are written on a schedule, with a record between or a clock that strays now and then:
 * so a time is a slot of that schedule and an offset within it. Where that takes more room, it is a step from the one
 * before.
 */
final class TimeColumn {

    /** A minute, a second and a hundredth of it: all times are on one of these. */
    private static final long[] UNITS = {6_000, 100, 1};
    private static final int HIT = 8;

    /** How the times are coded: one step for all; the steps; slots, offsets from their start; likewise from the middle. */
    private enum Form { REGULAR, STEPS, SLOTS, SLOTS_FROM_MIDDLE }

    /**
     * A schedule.
     *
     * @param form how it is used
     * @param period its step, in units
     * @param phase a time that is on it, in units
     */
    private record Schedule(Form form, long period, long phase) {
    }

    private final RangeCoder coder;
    private final long unit;
    /** Counted from the first, in units. */
    private final long[] times;

    private TimeColumn(RangeCoder coder, long unit, long[] times) {
        this.coder = coder;
        this.unit = unit;
        this.times = times;
    }

    static void code(RangeCoder coder, long[] times) {
        if (times.length == 0) {
            return;
        }
        long first = coder.number(times[0]);
        int unit = (int) coder.number(coder.isWriting() ? unit(times) : 0);
        long[] counted = new long[times.length];
        Arrays.setAll(counted, i -> coder.isWriting() ? (times[i] - first) / UNITS[unit] : 0);
        TimeColumn column = new TimeColumn(coder, UNITS[unit], counted);
        column.code(column.chosen());
        Arrays.setAll(times, i -> first + column.times[i] * UNITS[unit]);
    }

    private void code(Schedule given) {
        Form form = Form.values()[(int) coder.plain(2, given.form.ordinal())];
        long period = coder.number(given.period);
        switch (form) {
            case REGULAR -> Arrays.setAll(times, i -> i * period);
            case STEPS -> codeSteps(period);
            default -> codeSlots(period, coder.number(given.phase), form == Form.SLOTS_FROM_MIDDLE ? period / 2 : 0);
        }
    }

    private void codeSteps(long usual) {
        Numbers steps = new Numbers();
        for (int i = 1; i < times.length; i++) {
            times[i] = times[i - 1] + usual + steps.code(coder, times[i] - times[i - 1] - usual);
        }
    }

    /** @param middle how far the middle of a slot is from its start, if offsets count from there */
    private void codeSlots(long period, long phase, long middle) {
        int[] hits = RangeCoder.model(2 * HIT);
        Numbers slots = new Numbers();
        Numbers sameSlot = new Numbers();
        Numbers otherSlot = new Numbers();
        long start = phase - middle;
        long slot = Math.floorDiv(-start, period);
        long offset = Math.floorMod(-start, period) - middle;
        int history = 0;
        for (int i = 1; i < times.length; i++) {
            long givenSlot = coder.isWriting() ? Math.floorDiv(times[i] - start, period) : 0;
            long givenOffset = times[i] - start - givenSlot * period - middle;
            int context = history & HIT - 1 | (offset == 0 ? HIT : 0);
            int miss = coder.bit(hits, context, givenSlot == slot + 1 && givenOffset == 0 ? 0 : 1);
            history = history << 1 | miss;
            if (miss == 0) {
                slot++;
                offset = 0;
            } else {
                long further = slots.code(coder, givenSlot - slot - 1) + 1;
                slot += further;
                offset = further == 0 ? offset + sameSlot.code(coder, givenOffset - offset)
                        : otherSlot.code(coder, givenOffset);
            }
            times[i] = start + middle + slot * period + offset;
        }
    }

    /** For writing, what takes least room; for reading, anything. */
    private Schedule chosen() {
        if (!coder.isWriting() || times.length == 1) {
            return new Schedule(Form.REGULAR, 0, 0);
        }
        Map<Long, Integer> steps = new HashMap<>();
        for (int i = 1; i < times.length; i++) {
            steps.merge(times[i] - times[i - 1], 1, Integer::sum);
        }
        long usual = mostFrequent(steps);
        if (steps.size() == 1) {
            return new Schedule(Form.REGULAR, usual, 0);
        }
        List<Schedule> schedules = new ArrayList<>();
        schedules.add(new Schedule(Form.STEPS, usual, 0));
        long inMinutes = UNITS[0] / unit * Math.round(usual * unit / (double) UNITS[0]);
        for (long period : LongStream.of(usual, inMinutes).distinct().toArray()) {
            if (period > 1) {
                Map<Long, Integer> phases = new HashMap<>();
                for (long time : times) {
                    phases.merge(Math.floorMod(time, period), 1, Integer::sum);
                }
                long phase = mostFrequent(phases);
                schedules.add(new Schedule(Form.SLOTS, period, phase));
                schedules.add(new Schedule(Form.SLOTS_FROM_MIDDLE, period, phase));
            }
        }
        return schedules.stream().min(Comparator.comparingLong(this::room)).orElseThrow();
    }

    /** About how many bits it takes. */
    private long room(Schedule schedule) {
        long bits = 0;
        if (schedule.form == Form.STEPS) {
            for (int i = 1; i < times.length; i++) {
                bits += size(times[i] - times[i - 1] - schedule.period);
            }
            return bits;
        }
        long middle = schedule.form == Form.SLOTS ? 0 : schedule.period / 2;
        long slot = 0;
        long offset = 0;
        for (long time : times) {
            long slotBefore = slot;
            long offsetBefore = offset;
            slot = Math.floorDiv(time - schedule.phase + middle, schedule.period);
            offset = time - schedule.phase - slot * schedule.period;
            if (slot != slotBefore + 1 || offset != 0) {
                bits += 1 + size(slot - slotBefore - 1) + size(slot == slotBefore ? offset - offsetBefore : offset);
            }
        }
        return bits;
    }

    private static int size(long number) {
        return number == 0 ? 0 : 1 + Long.SIZE - Long.numberOfLeadingZeros(Math.abs(number));
    }

    private static long mostFrequent(Map<Long, Integer> counts) {
        return counts.entrySet().stream().max(Map.Entry.<Long, Integer>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey())).orElseThrow().getKey();
    }

    private static int unit(long[] times) {
        int unit = 0;
        for (int i = 1; i < times.length; i++) {
            while ((times[i] - times[0]) % UNITS[unit] != 0) {
                unit++;
            }
        }
        return unit;
    }
}
