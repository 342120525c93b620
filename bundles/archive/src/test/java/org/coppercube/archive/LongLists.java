// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static org.junit.Assert.assertEquals;

import java.util.List;

/** Compares lists of thousands and tells where they part, where JUnit would print both of them whole. */
final class LongLists {

    private LongLists() {
    }

    static void assertSame(String what, List<?> expected, List<?> actual) {
        int common = Math.min(expected.size(), actual.size());
        for (int i = 0; i < common; i++) {
            if (!expected.get(i).equals(actual.get(i))) {
                assertEquals(what + ", at index " + i, brief(expected.get(i)), brief(actual.get(i)));
                throw new AssertionError(what + ", at index " + i + ": differs where it is too long to show");
            }
        }
        assertEquals(what + ", size", expected.size(), actual.size());
    }

    private static String brief(Object element) {
        String text = element.toString();
        return text.length() <= 300 ? text : text.substring(0, 300) + "...";
    }
}
