// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The times of a chunk. Most logs are written on a schedule, with a record between or a clock that strays now and then:
 * so a time is a slot of that schedule and an offset within it. Where that takes more room, it is a step from the one
 * before.
 */
final class TimeColumn {

    /** A minute, a second and a hundredth of it: all times are on one of these. */
    private static final long[] UNITS = {6_000, 100, 1};

    /** How the times are coded: one step for all; the steps; slots, offsets from their start; or from the middle. */
    private enum Form { REGULAR, STEPS, SLOTS, SLOTS_FROM_MIDDLE }

    /**
     * A schedule.
     *
     * @param form how it is used
     * @param period its step, in units
     * @param phase a time that is on it, in units
     */
    private record Schedule(Form form, long period, long phase) {
        Slots slots() {
            long middle = form == Form.SLOTS ? 0 : period / 2;
            return new Slots(phase - middle, period, middle);
        }
    }

    private final RansCoder coder;
    /** Counted from the first, in units. */
    private final long[] times;

    private TimeColumn(RansCoder coder, long[] times) {
        this.coder = coder;
        this.times = times;
    }

    /** Writes the times, or puts in their place those that were written. */
    static void code(RansCoder coder, long[] times) {
        if (times.length == 0) {
            return;
        }
        long first = coder.number(times[0]);
        int unit = (int) coder.number(coder.isWriting() ? unit(times) : 0);
        if (coder.isWriting()) {
            TimeColumn column = new TimeColumn(coder, counted(times, UNITS[unit]));
            column.code(column.chosen(UNITS[0] / UNITS[unit]));
        } else {
            times[0] = 0;
            new TimeColumn(coder, times).code(new Schedule(Form.REGULAR, 0, 0));
            for (int i = 0; i < times.length; i++) {
                times[i] = first + times[i] * UNITS[unit];
            }
        }
    }

    private void code(Schedule given) {
        Form form = Form.values()[(int) coder.plain(2, given.form.ordinal())];
        Schedule schedule = new Schedule(form, coder.number(given.period), coder.number(given.phase));
        switch (form) {
            case REGULAR -> fill(schedule.period);
            case STEPS -> codeSteps();
            default -> codeSlots(schedule.slots());
        }
    }

    private void fill(long period) {
        for (int i = 1; i < times.length; i++) {
            times[i] = times[i - 1] + period;
        }
    }

    private void codeSteps() {
        long[] steps = coder.isWriting() ? steps() : new long[times.length - 1];
        Numbers.column(coder, steps);
        for (int i = 1; i < times.length; i++) {
            times[i] = times[i - 1] + steps[i - 1];
        }
    }

    private void codeSlots(Slots slots) {
        Slots.Misses given = coder.isWriting() ? slots.misses(times) : Slots.Misses.NONE;
        slots.fill(times, given.code(coder, times.length));
    }

    /** What takes least room. @param minute in units */
    private Schedule chosen(long minute) {
        long[] steps = steps();
        if (Numbers.isSteady(steps)) {
            return new Schedule(Form.REGULAR, steps.length == 0 ? 0 : steps[0], 0);
        }
        long usual = mostFrequent(steps);
        List<Schedule> schedules = new ArrayList<>();
        schedules.add(new Schedule(Form.STEPS, usual, 0));
        long inMinutes = minute * Math.round((double) usual / minute);
        for (long period : LongStream.of(usual, inMinutes).distinct().toArray()) {
            if (period > 1) {
                long[] phases = new long[times.length];
                Arrays.setAll(phases, i -> Math.floorMod(times[i], period));
                long phase = mostFrequent(phases);
                schedules.add(new Schedule(Form.SLOTS, period, phase));
                schedules.add(new Schedule(Form.SLOTS_FROM_MIDDLE, period, phase));
            }
        }
        return schedules.stream().min(Comparator.comparingLong(this::room)).orElseThrow();
    }

    /** About how many bits it takes. */
    private long room(Schedule schedule) {
        if (schedule.form != Form.STEPS) {
            return schedule.slots().misses(times).room();
        }
        long bits = 0;
        for (int i = 1; i < times.length; i++) {
            bits += Slots.room(times[i] - times[i - 1] - schedule.period);
        }
        return bits;
    }

    private long[] steps() {
        long[] steps = new long[times.length - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = times[i + 1] - times[i];
        }
        return steps;
    }

    /** Sorts the numbers. @return the largest of those that occur most often */
    private static long mostFrequent(long[] numbers) {
        Arrays.sort(numbers);
        int first = 0;
        int most = 0;
        long found = 0;
        for (int i = 0; i < numbers.length; i++) {
            first = numbers[i] == numbers[first] ? first : i;
            if (i - first >= most) {
                most = i - first;
                found = numbers[i];
            }
        }
        return found;
    }

    private static long[] counted(long[] times, long unit) {
        long[] counted = new long[times.length];
        for (int i = 0; i < times.length; i++) {
            counted[i] = (times[i] - times[0]) / unit;
        }
        return counted;
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
