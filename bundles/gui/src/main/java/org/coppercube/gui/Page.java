// SPDX-License-Identifier: Apache-2.0
package org.coppercube.gui;

import java.util.Comparator;
import java.util.Map;
import java.util.regex.Pattern;
import org.coppercube.api.web.Web;

/**
 * A page that a bundle announces.
 *
 * @param name its short name; the page is the custom element {@code page-<name>}
 * @param title its menu entry
 * @param module the JavaScript module that defines the element, below {@code /web/} in the bundle
 * @param rank its place in the menu, low ones first
 */
record Page(String name, String title, String module, long rank) {

    static final Comparator<Page> MENU_ORDER = Comparator.comparingLong(Page::rank).thenComparing(Page::name);

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+");

    /** Reads the attributes of a capability. @throws IllegalArgumentException naming attribute, value and rule */
    static Page of(Map<String, Object> attributes) {
        Object rank = attributes.getOrDefault("rank", Long.MAX_VALUE);
        if (!(rank instanceof Long)) {
            throw new IllegalArgumentException("rank is " + rank + "; it must be a number, written rank:Long=50");
        }
        String name = text(attributes, Web.PAGE);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(Web.PAGE + " is \"" + name + "\"; it must be of a-z, 0-9 and -");
        }
        String module = text(attributes, "module");
        if (!BundleFiles.isPath(module)) {
            throw new IllegalArgumentException("module is \"" + module + "\"; it must be a path below /web/");
        }
        return new Page(name, text(attributes, "title"), module, (Long) rank);
    }

    private static String text(Map<String, Object> attributes, String key) {
        if (attributes.get(key) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new IllegalArgumentException(key + " is missing; it must be a text");
    }
}
