// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.service.confirmed.ConfirmedEventNotificationRequest;
import com.serotonin.bacnet4j.type.Encodable;
import com.serotonin.bacnet4j.type.constructed.LogStatus;
import com.serotonin.bacnet4j.type.constructed.PropertyStates;
import com.serotonin.bacnet4j.type.constructed.StatusFlags;
import com.serotonin.bacnet4j.type.enumerated.BinaryPV;
import com.serotonin.bacnet4j.type.enumerated.EventState;
import com.serotonin.bacnet4j.type.enumerated.EventType;
import com.serotonin.bacnet4j.type.enumerated.NotifyType;
import com.serotonin.bacnet4j.type.enumerated.ObjectType;
import com.serotonin.bacnet4j.type.notificationParameters.AbstractNotificationParameter;
import com.serotonin.bacnet4j.type.notificationParameters.ChangeOfStateNotif;
import com.serotonin.bacnet4j.type.notificationParameters.NotificationParameters;
import com.serotonin.bacnet4j.type.notificationParameters.OutOfRangeNotif;
import com.serotonin.bacnet4j.type.primitive.Boolean;
import com.serotonin.bacnet4j.type.primitive.CharacterString;
import com.serotonin.bacnet4j.type.primitive.Null;
import com.serotonin.bacnet4j.type.primitive.ObjectIdentifier;
import com.serotonin.bacnet4j.type.primitive.Real;
import com.serotonin.bacnet4j.type.primitive.UnsignedInteger;
import java.util.List;

/** The alarms of a device's points, one after the other in every state an alarm goes through. */
record EventLog(ObjectIdentifier device, List<Point> points) implements Contents {

    /** Records come in rounds of this: six about alarms, one log-status, one time-change. */
    static final int ROUND = 8;

    private static final int NOTIFICATION = 1;
    private static final int TIME_CHANGE = 2;
    private static final StatusFlags NORMAL = new StatusFlags(false, false, false, false);
    private static final StatusFlags IN_ALARM = new StatusFlags(true, false, false, false);
    private static final Entry INTERRUPTED =
            new Reading(Reading.LOG_STATUS, new LogStatus(false, false, true), null);
    private static final Entry CHANGED = new Reading(TIME_CHANGE, new Real(2.5f), null);

    @Override
    public ObjectType type() {
        return ObjectType.eventLog;
    }

    @Override
    public Entry sample(long record, long time) {
        Point point = points.get((int) (record / ROUND % points.size()));
        Real value = new Real((float) point.valueAt(time));
        return switch ((int) (record % ROUND)) {
            case 1 -> event(point, EventType.outOfRange, EventState.normal, EventState.highLimit,
                    new OutOfRangeNotif(value, IN_ALARM, new Real(0.5f), new Real(80)));
            case 2 -> event(point, EventType.outOfRange, NotifyType.ackNotification, null, EventState.highLimit, null);
            case 3 -> event(point, EventType.outOfRange, EventState.highLimit, EventState.normal,
                    new OutOfRangeNotif(value, NORMAL, new Real(0.5f), new Real(80)));
            case 4 -> event(point, EventType.changeOfState, EventState.normal, EventState.offnormal,
                    new ChangeOfStateNotif(new PropertyStates(BinaryPV.active), IN_ALARM));
            case 5 -> event(point, EventType.changeOfState, EventState.offnormal, EventState.fault,
                    new ChangeOfStateNotif(new PropertyStates(BinaryPV.active), IN_ALARM));
            case 6 -> event(point, EventType.changeOfState, EventState.fault, EventState.normal,
                    new ChangeOfStateNotif(new PropertyStates(BinaryPV.inactive), NORMAL));
            case 7 -> INTERRUPTED;
            default -> CHANGED;
        };
    }

    private Entry event(Point point, EventType type, EventState from, EventState to,
            AbstractNotificationParameter values) {
        return event(point, type, NotifyType.alarm, from, to, new NotificationParameters(values));
    }

    /** @param from null, as is {@code values}, when an alarm is acknowledged */
    private Entry event(Point point, EventType type, NotifyType notify, EventState from, EventState to,
            NotificationParameters values) {
        return (out, time) -> {
            Entry.open(out, time);
            Tags.open(out, NOTIFICATION);
            new ConfirmedEventNotificationRequest(new UnsignedInteger(0), device, point.id(), time.stamp(),
                    new UnsignedInteger(1), new UnsignedInteger(100), type,
                    new CharacterString(point.name() + " " + to), notify, values == null ? null : Boolean.FALSE,
                    from, to, values).write(out);
            Tags.close(out, NOTIFICATION);
            Entry.close(out);
        };
    }

    @Override
    public int timeChange() {
        return TIME_CHANGE;
    }

    @Override
    public Encodable source() {
        return Null.instance;
    }
}
