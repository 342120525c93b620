// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.message;

import com.serotonin.bacnet4j.type.enumerated.EventState;
import com.serotonin.bacnet4j.type.enumerated.EventType;
import com.serotonin.bacnet4j.type.enumerated.NotifyType;
import java.net.ProtocolException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** What stands in the notification of an Event Log (ConfirmedEventNotification-Request, ASHRAE 135, clause 21). */
final class EventNotification {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SS");
    private static final int TIME_STAMP = 3;
    private static final int EVENT_VALUES = 12;

    private EventNotification() {
    }

    /** Its fields by the standard's names, as far as they can be read; those it does not have are not there. */
    static SortedMap<String, String> fields(Part notification) {
        SortedMap<String, String> fields = new TreeMap<>();
        Tags tags = notification.tags();
        try {
            while (tags.more()) {
                tags.next();
                if (tags.isOpening(TIME_STAMP)) {
                    fields.put("time-stamp", timeStamp(tags.rest().tags().next()));
                } else if (tags.isOpening(EVENT_VALUES)) {
                    fields.put("event-values", tags.rest().hex());
                } else {
                    field(tags.context(), tags.content(), fields);
                }
            }
        } catch (ProtocolException e) {
            return fields; // its bytes are kept
        }
        return fields;
    }

    private static void field(int number, Part content, SortedMap<String, String> fields) throws ProtocolException {
        switch (number) {
            case 0 -> fields.put("process-identifier", Long.toString(content.unsigned32()));
            case 1 -> fields.put("initiating-device-identifier", content.objectId().toString());
            case 2 -> fields.put("event-object-identifier", content.objectId().toString());
            case 4 -> fields.put("notification-class", Long.toString(content.unsigned32()));
            case 5 -> fields.put("priority", Long.toString(content.unsigned32()));
            case 6 -> fields.put("event-type", name(content, EventType::nameForId));
            case 7 -> fields.put("message-text", content.text());
            case 8 -> fields.put("notify-type", name(content, NotifyType::nameForId));
            case 9 -> fields.put("ack-required", Boolean.toString(content.unsigned() != 0));
            case 10 -> fields.put("from-state", name(content, EventState::nameForId));
            case 11 -> fields.put("to-state", name(content, EventState::nameForId));
            default -> throw new ProtocolException("a field that the standard does not have");
        }
    }

    /** A name of the standard's, or the number where it has none. */
    private static String name(Part content, IntFunction<String> names) throws ProtocolException {
        long number = content.unsigned32();
        String name = number <= 0xFFFF ? names.apply((int) number) : null;
        return name == null ? Long.toString(number) : name;
    }

    /** A time of day, a number or a date and time (BACnetTimeStamp); its tag is at hand. */
    private static String timeStamp(Tags tags) throws ProtocolException {
        if (tags.isContext(0)) {
            int time = (int) tags.content().unsigned32();
            return "%02d:%02d:%02d.%02d".formatted(time >>> 24, time >> 16 & 0xFF, time >> 8 & 0xFF, time & 0xFF);
        }
        if (tags.isOpening(2)) {
            LocalDateTime time = LogRecord.time(tags.rest().tags());
            return time == null ? "" : LOCAL.format(time);
        }
        return Long.toString(tags.content().unsigned32());
    }
}
