// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What may go wrong on request. */
enum Fault {
    PURGE(Group.LOGS, Form.WHEN, "the buffer is emptied and says so in a log-status record; the total counts on"),
    RESET(Group.LOGS, Form.WHEN, "the device restarts and forgets: buffers are empty, totals start at 0"),
    DISABLE(Group.LOGS, Form.SPELL, "logging is disabled: a log-status record before and after, none between"),
    POWER_LOSS(Group.LOGS, Form.SPELL, "the device is off, then goes on with a log-interrupted record"),
    CLOCK_JUMP(Group.LOGS, Form.JUMP, "the clock jumps, and back the next time, each with a time-change record"),
    BUFFER(Group.LOGS, 1, 10_000_000, "the logs hold so many records, so that they roll over between visits"),
    FIRST_SEQUENCE(Group.LOGS, 1, Log.LAST_NUMBER,
            "number of the first record; after " + Log.LAST_NUMBER + " comes 1"),
    TRUNCATED_RECORD(Group.LOGS, 1, 1_000_000, "in each Nth record the value is cut off"),
    UNKNOWN_CHOICE(Group.LOGS, 1, 1_000_000, "each Nth record is of a kind that the standard does not have"),
    NO_TIME(Group.LOGS, 1, 1_000_000, "each Nth record has an unspecified time"),

    CLOCK_OFF(Group.CLOCKS, Form.SHIFT, "the clock is ahead (-: behind) by so much"),
    CLOCK_DRIFT(Group.CLOCKS, Form.SHIFT, "the clock gains (-: loses) so much a day"),
    CLOCK_JUMP_UNLOGGED(Group.CLOCKS, Form.JUMP, "the clock jumps, and back the next time, and no record says so"),

    NO_SEQUENCE(Group.SERVICES, Form.SWITCH, "ReadRange by time and position only; no Total_Record_Count"),
    BY_POSITION_ONLY(Group.SERVICES, Form.SWITCH, "ReadRange by position only; no Total_Record_Count"),
    NO_RPM(Group.SERVICES, Form.SWITCH, "ReadPropertyMultiple is rejected"),
    MAX_APDU(Group.SERVICES, 50, Controller.MAX_APDU, "longest APDU, such as 50, 128, 206, 480 or 1024"),
    RANGE_LIMIT(Group.SERVICES, 1, 1_000_000, "a ReadRange that would bring more records is aborted"),

    WRONG_OBJECT(Group.ANSWERS, "another object than asked"),
    WRONG_PROPERTY(Group.ANSWERS, "another property than asked"),
    COUNT_TOO_HIGH(Group.ANSWERS, "an item count of one too many"),
    COUNT_TOO_LOW(Group.ANSWERS, "an item count of one too few"),
    FIRST_WRONG(Group.ANSWERS, "a first sequence number that is not the first record's"),
    FIRST_OLD(Group.ANSWERS, "records from before those asked for"),
    FIRST_MISSING(Group.ANSWERS, "no first sequence number"),
    MORE_FOREVER(Group.ANSWERS, "MORE_ITEMS, even when there are none"),
    TOTAL_BACKWARDS(Group.ANSWERS, "Total_Record_Count is read as half of what it is"),

    DELAY(Group.WIRE, Form.LENGTH, "answers come so much later, in real time"),
    SILENCE(Group.WIRE, Form.SPELL, "nothing is heard or sent"),
    LOSS(Group.WIRE, "so many requests and so many answers are lost"),
    DUPLICATES(Group.WIRE, "answers arrive twice"),
    REORDER(Group.WIRE, "answers arrive after the next one, or a second late"),
    MOVE(Group.WIRE, Form.WHEN, "the device goes to another address, and back the next time"),
    TWIN(Group.WIRE, Form.SWITCH, "a second device has the same instance, with another name, vendor and address"),

    ROUTER_AWAY(Group.NETWORK, Form.SPELL, "the router of --behind-router is off"),
    ROUTER_MOVE(Group.NETWORK, Form.WHEN, "it goes to another address, and back the next time"),
    BBMD_AWAY(Group.NETWORK, Form.SPELL, "the BBMD of --bbmd is off, and forgets who had registered"),
    BBMD_REFUSAL(Group.NETWORK, Form.SWITCH, "it does not take registrations");

    /** The parts of the list that people are shown. */
    enum Group {
        LOGS("Logs and their records (the first five: one of them a device)"),
        CLOCKS("Clocks (daylight saving time: --time-zone and --anchor)"),
        SERVICES("What a device can do"),
        ANSWERS("Untrue answers, always or in N% of them; all but the last to ReadRange"),
        WIRE("On the wire"),
        NETWORK("Router and BBMD (for the network, not @devices)");

        private final String title;

        Group(String title) {
            this.title = title;
        }
    }

    /** What may stand behind the name. */
    enum Form {
        SWITCH(""), NUMBER("=N"), SHARE("[=N%]"), LENGTH("=TIME"), SHIFT("=[-]TIME"), WHEN("=EVERY"),
        SPELL("=TIME/EVERY"), JUMP("=[-]TIME/EVERY");

        private final String shown;

        Form(String shown) {
            this.shown = shown;
        }

        @Override
        public String toString() {
            return shown;
        }
    }

    private static final String EXPLANATION = """

            Faults, for --fault NAME[=VALUE][@FIRST[-LAST]],...
              TIME is 500ms, 90s, 10m, 2h or 1d. EVERY is such a time, counted from --anchor, or a moment for once, as
              2026-11-23T10:00:00Z; both are of simulated time. TIME/EVERY lasts TIME each time: silence=2m/10m.
              @1002 or @1002-1004 are the devices with these instances; without it all are meant. What is said later
              counts more: loss=1%,loss=20%@1003.
            """;

    private final Group group;
    private final Form form;
    private final long least;
    private final long most;
    private final String explanation;

    Fault(Group group, Form form, long least, long most, String explanation) {
        this.group = group;
        this.form = form;
        this.least = least;
        this.most = most;
        this.explanation = explanation;
    }

    Fault(Group group, Form form, String explanation) {
        this(group, form, 0, 0, explanation);
    }

    Fault(Group group, long least, long most, String explanation) {
        this(group, Form.NUMBER, least, most, explanation);
    }

    Fault(Group group, String explanation) {
        this(group, Form.SHARE, explanation);
    }

    static String help() {
        return Arrays.stream(Group.values()).map(group -> "\n  " + group.title + "\n"
                + Arrays.stream(values()).filter(fault -> fault.group == group).map(Fault::line)
                        .collect(Collectors.joining("\n")))
                .collect(Collectors.joining("\n", EXPLANATION, ""));
    }

    Form form() {
        return form;
    }

    long least() {
        return least;
    }

    long most() {
        return most;
    }

    boolean ofNetwork() {
        return group == Group.NETWORK;
    }

    /** It makes or removes records; a device can have one such fault, so that it stays plain which did what. */
    boolean makesHistory() {
        return compareTo(CLOCK_JUMP) <= 0;
    }

    private String line() {
        return String.format("    %-34s %s", this + form.toString(), explanation);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
