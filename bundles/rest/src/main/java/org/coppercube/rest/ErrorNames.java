// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import java.util.List;
import java.util.Map;
import org.coppercube.api.trend.Reading;

/** What ASHRAE 135 calls the errors (clause 18) that a log records when it could not read its point. */
final class ErrorNames {

    private static final List<String> CLASSES = List.of(
            "device", "object", "property", "resources", "security", "services", "vt", "communication");

    private static final Map<Integer, String> CODES = Map.ofEntries(
            Map.entry(0, "other"), Map.entry(2, "configuration-in-progress"), Map.entry(3, "device-busy"),
            Map.entry(9, "invalid-data-type"), Map.entry(25, "operational-problem"),
            Map.entry(27, "read-access-denied"), Map.entry(29, "service-request-denied"), Map.entry(30, "timeout"),
            Map.entry(31, "unknown-object"), Map.entry(32, "unknown-property"),
            Map.entry(36, "unsupported-object-type"), Map.entry(37, "value-out-of-range"),
            Map.entry(42, "invalid-array-index"), Map.entry(45, "optional-functionality-not-supported"),
            Map.entry(47, "datatype-not-supported"), Map.entry(50, "property-is-not-an-array"),
            Map.entry(51, "abort-buffer-overflow"), Map.entry(54, "abort-segmentation-not-supported"),
            Map.entry(55, "abort-proprietary"), Map.entry(56, "abort-other"), Map.entry(58, "network-down"),
            Map.entry(67, "reject-unrecognized-service"), Map.entry(68, "reject-proprietary"),
            Map.entry(69, "reject-other"), Map.entry(70, "unknown-device"), Map.entry(71, "unknown-route"),
            Map.entry(72, "value-not-initialized"), Map.entry(82, "busy"), Map.entry(83, "communication-disabled"),
            Map.entry(85, "access-denied"), Map.entry(115, "addressing-error"), Map.entry(123, "abort-apdu-too-long"),
            Map.entry(124, "abort-application-exceeded-reply-time"), Map.entry(125, "abort-out-of-resources"),
            Map.entry(126, "abort-tsm-timeout"), Map.entry(131, "internal-error"), Map.entry(132, "not-configured"),
            Map.entry(133, "out-of-memory"));

    private ErrorNames() {
    }

    /** {@code object: unknown-object}; a number stands where the name is not known. */
    static String text(Reading.Failure failure) {
        int number = failure.errorClass();
        String errorClass = number >= 0 && number < CLASSES.size() ? CLASSES.get(number) : Integer.toString(number);
        return errorClass + ": "
                + CODES.getOrDefault(failure.errorCode(), Integer.toString(failure.errorCode()));
    }
}
