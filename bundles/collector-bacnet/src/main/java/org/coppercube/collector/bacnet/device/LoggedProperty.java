// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.Part;
import org.coppercube.collector.bacnet.message.Tags;

/**
 * What a log records (BACnetDeviceObjectPropertyReference, ASHRAE 135, clause 21).
 *
 * @param device -1 where it is the log's own
 */
record LoggedProperty(ObjectId object, int property, int device) {
    private static final int NOTHING = 0x3FFFFF; // instance of what a member that is not used refers to

    /** Reads one, or an array of them. */
    static List<LoggedProperty> read(Part part) throws ProtocolException {
        List<LoggedProperty> all = new ArrayList<>();
        for (Tags tags = part.tags(); tags.more();) {
            ObjectId object = tags.context(0).objectId();
            int property = (int) tags.context(1).unsigned32();
            if (property < 0) { // which the library's list of names does not forgive
                throw new ProtocolException("expected a property");
            }
            tags.nextIsContext(2);
            all.add(new LoggedProperty(object, property,
                    tags.nextIsContext(3) ? tags.content().objectId().instance() : -1));
        }
        return all;
    }

    boolean isUsed() {
        return object.instance() != NOTHING;
    }

    boolean isIn(ObjectId device) {
        return this.device == -1 || this.device == device.instance();
    }

    TrendLog.LoggedProperty value(ObjectId own) {
        return new TrendLog.LoggedProperty(device == -1 ? own.instance() : device, object.toString(),
                PropertyIdentifier.forId(property).toString());
    }
}
