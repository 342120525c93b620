// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Some of the devices, named by the first and the last instance number. */
record Instances(int first, int last) {

    static final Instances ALL = new Instances(0, Integer.MAX_VALUE);
    static final Instances NONE = new Instances(1, 0);

    private static final Pattern FIRST_LAST = Pattern.compile("(\\d{1,7})(-(\\d{1,7}))?");

    /**
     * @param text {@code FIRST} or {@code FIRST-LAST}
     * @throws IllegalArgumentException if it is neither
     */
    static Instances parse(String text) {
        Matcher parts = FIRST_LAST.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(text + " is not FIRST-LAST");
        }
        int first = Integer.parseInt(parts.group(1));
        return new Instances(first, parts.group(3) == null ? first : Integer.parseInt(parts.group(3)));
    }

    boolean contains(int instance) {
        return first <= instance && instance <= last;
    }

    int size() {
        return last - first + 1;
    }

    boolean isWithin(int least, int most) {
        return least <= first && first <= last && last <= most;
    }
}
