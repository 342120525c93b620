// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.type.Encodable;
import com.serotonin.bacnet4j.type.enumerated.ObjectType;

/** What a log records: the part in which Trend Log, Trend Log Multiple and Event Log differ. */
interface Contents {

    ObjectType type();

    /** What the record with this number, made at this time, says. */
    Entry sample(long record, long time);

    /** The context tag under which its records tell of a change of the clock. */
    int timeChange();

    /** Log_DeviceObjectProperty: where the values come from. */
    Encodable source();
}
