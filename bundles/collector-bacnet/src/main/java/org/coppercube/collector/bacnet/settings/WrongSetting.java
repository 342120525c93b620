// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.settings;

/** A setting is not as it must be; the message names file, key and rule, and the value. */
public final class WrongSetting extends Exception {
    private static final long serialVersionUID = 1;

    private final String withoutValue;

    WrongSetting(String file, String key, String value, String rule) {
        super(file + ": " + key + " is " + (value.isEmpty() ? "not set" : value) + "; " + rule);
        this.withoutValue = file + ": " + key + ": " + rule;
    }

    /** What anybody may read: the value can be an address. */
    public String withoutValue() {
        return withoutValue;
    }
}
