// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.type.Encodable;
import com.serotonin.bacnet4j.type.enumerated.ErrorClass;
import com.serotonin.bacnet4j.type.enumerated.ErrorCode;
import com.serotonin.bacnet4j.type.error.ChangeListError;
import com.serotonin.bacnet4j.type.error.ErrorClassAndCode;
import com.serotonin.bacnet4j.type.primitive.UnsignedInteger;

/** The request was understood and cannot be granted: a BACnet error with class and code. */
final class BacnetError extends Exception {

    private static final long serialVersionUID = 1;

    private static final int LIST_ITEM_NOT_NUMBERED = 140; // BACnet4J does not know these two
    private static final int LIST_ITEM_NOT_TIMESTAMPED = 141;

    private final transient ErrorClassAndCode reason;
    private final transient Encodable body;

    private BacnetError(ErrorClass group, ErrorCode code) {
        super(group + ", " + code, null, false, false); // thrown at network speed, read by nobody: no stack trace
        this.reason = new ErrorClassAndCode(group, code);
        this.body = reason;
    }

    private BacnetError(BacnetError error, int element) {
        super(error.getMessage(), null, false, false);
        this.reason = error.reason;
        this.body = new ChangeListError(reason, new UnsignedInteger(element));
    }

    static BacnetError unknownObject() {
        return new BacnetError(ErrorClass.object, ErrorCode.unknownObject);
    }

    static BacnetError unknownProperty() {
        return new BacnetError(ErrorClass.property, ErrorCode.unknownProperty);
    }

    static BacnetError readAccessDenied() {
        return new BacnetError(ErrorClass.property, ErrorCode.readAccessDenied);
    }

    static BacnetError notAnArray() {
        return new BacnetError(ErrorClass.property, ErrorCode.propertyIsNotAnArray);
    }

    static BacnetError invalidArrayIndex() {
        return new BacnetError(ErrorClass.property, ErrorCode.invalidArrayIndex);
    }

    static BacnetError notAList() {
        return new BacnetError(ErrorClass.services, ErrorCode.propertyIsNotAList);
    }

    static BacnetError notNumbered() {
        return new BacnetError(ErrorClass.property, ErrorCode.forId(LIST_ITEM_NOT_NUMBERED));
    }

    static BacnetError notTimestamped() {
        return new BacnetError(ErrorClass.property, ErrorCode.forId(LIST_ITEM_NOT_TIMESTAMPED));
    }

    static BacnetError writeAccessDenied() {
        return new BacnetError(ErrorClass.property, ErrorCode.writeAccessDenied);
    }

    static BacnetError noSpace() {
        return new BacnetError(ErrorClass.resources, ErrorCode.noSpaceToAddListElement);
    }

    static BacnetError elementNotFound() {
        return new BacnetError(ErrorClass.services, ErrorCode.listElementNotFound);
    }

    /** The same about an element of a list, 0 if it is about none (ASHRAE 135, 15.1.1.3). */
    BacnetError ofElement(int number) {
        return body == reason ? new BacnetError(this, number) : this;
    }

    /** What an Error PDU says. */
    Encodable body() {
        return body;
    }

    ErrorClassAndCode reason() {
        return reason;
    }
}
