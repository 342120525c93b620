// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.message;

import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.coppercube.api.trend.Reading;

/** What stands in the datum of a log record, for each kind of log (ASHRAE 135, clause 21). */
final class LogDatum {
    private static final int FAILURE = 7; // of the choices that a member of a Trend Log Multiple has
    private static final int ANY = 8;

    private LogDatum() {
    }

    /** The datum of a Trend Log; its tag is at hand. */
    static Reading single(Tags tags) throws ProtocolException {
        if (tags.isContext(0) || tags.isContext(9)) {
            return common(tags, 9);
        }
        return tags.isOpening(10) ? any(tags.rest()) : value(tags, 1);
    }

    /** The log-data of a Trend Log Multiple. */
    static List<Reading> members(Part list) throws ProtocolException {
        List<Reading> members = new ArrayList<>();
        for (Tags tags = list.tags(); tags.more();) {
            int from = tags.position();
            if (tags.next().isOpening()) {
                tags.rest();
            }
            members.add(member(new Part(list.bytes(), from, tags.position())));
        }
        return members;
    }

    /** One that nobody understands does not hide the others. */
    private static Reading member(Part member) {
        try {
            Tags tags = member.tags().next();
            return tags.isOpening(ANY) ? any(tags.rest()) : value(tags, 0);
        } catch (ProtocolException e) {
            return new Reading.Undecodable(member.hex());
        }
    }

    /** The datum of an Event Log; its tag is at hand. */
    static Reading event(Tags tags) throws ProtocolException {
        if (!tags.isOpening(1)) {
            return common(tags, 2);
        }
        Part notification = tags.rest();
        return new Reading.Event(notification.hex(), EventNotification.fields(notification));
    }

    /** What every log may say of itself. */
    static Reading common(Tags tags, int timeChange) throws ProtocolException {
        if (tags.isContext(0)) {
            Part bits = tags.content();
            return new Reading.LogStatus(bits.bit(0), bits.bit(1), bits.bit(2));
        }
        return tags.isContext(timeChange) ? new Reading.TimeChange(tags.content().real()) : unknown();
    }

    /** @param shift number of the first choice */
    private static Reading value(Tags tags, int shift) throws ProtocolException {
        if (tags.isOpening(shift + FAILURE)) {
            Tags error = tags.rest().tags();
            return new Reading.Failure(error.application(9).unsigned16(), error.application(9).unsigned16());
        }
        return switch (tags.context() - shift) { // less than 0 for a tag of another class
            case 0 -> new Reading.Boolean(tags.bool());
            case 1 -> new Reading.Real(tags.content().real());
            case 2 -> new Reading.Enumerated(tags.content().unsigned32());
            case 3 -> new Reading.Unsigned(tags.content().unsigned());
            case 4 -> new Reading.Signed(tags.content().signed());
            case 5 -> new Reading.BitString(tags.content().bits());
            case 6 -> new Reading.Null();
            default -> unknown();
        };
    }

    private static Reading unknown() throws ProtocolException {
        throw new ProtocolException("a record of a kind that the standard does not have");
    }

    private static Reading any(Part any) {
        return new Reading.Any(any.hex(), plain(any));
    }

    /** The value of an any-value record where it is a single plain one, else null. */
    private static Reading plain(Part any) {
        try {
            Tags tags = any.tags().next();
            Reading reading = switch (tags.application()) {
                case 0 -> new Reading.Null();
                case 1 -> new Reading.Boolean(tags.bool());
                case 2 -> new Reading.Unsigned(tags.content().unsigned());
                case 3 -> new Reading.Signed(tags.content().signed());
                case 4 -> new Reading.Real(tags.content().real());
                case 5 -> new Reading.Double(tags.content().doubleReal());
                case 7 -> new Reading.Text(tags.content().text());
                case 8 -> new Reading.BitString(tags.content().bits());
                case 9 -> new Reading.Enumerated(tags.content().unsigned32());
                default -> null;
            };
            return tags.more() ? null : reading;
        } catch (ProtocolException e) {
            return null;
        }
    }
}
