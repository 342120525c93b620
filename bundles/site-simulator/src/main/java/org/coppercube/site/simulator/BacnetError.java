// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.type.enumerated.ErrorClass;
import com.serotonin.bacnet4j.type.enumerated.ErrorCode;
import com.serotonin.bacnet4j.type.error.ErrorClassAndCode;

/** The request was understood and cannot be granted: a BACnet error with class and code. */
final class BacnetError extends Exception {

    private static final long serialVersionUID = 1;

    private static final int LIST_ITEM_NOT_NUMBERED = 140; // BACnet4J does not know these two
    private static final int LIST_ITEM_NOT_TIMESTAMPED = 141;

    private final transient ErrorClassAndCode reason;

    private BacnetError(ErrorClass group, ErrorCode code) {
        super(group + ", " + code, null, false, false); // thrown at network speed, read by nobody: no stack trace
        this.reason = new ErrorClassAndCode(group, code);
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

    ErrorClassAndCode reason() {
        return reason;
    }
}
