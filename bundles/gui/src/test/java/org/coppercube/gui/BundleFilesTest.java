// SPDX-License-Identifier: Apache-2.0
package org.coppercube.gui;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import org.junit.Test;

public class BundleFilesTest {

    @Test
    public void aPlainPathIsAPath() {
        for (String path : new String[] {"page.js", "vendor/pico.min.css", "i18n/pt-BR.json", "a/b_c/d.e.f"}) {
            assertTrue(path, BundleFiles.isPath(path));
        }
    }

    @Test
    public void nothingThatLeadsOutOfTheFolderIsAPath() {
        for (String path : new String[] {"", "/page.js", "..", "../page.js", "a/../b.js", "a/..", "a//b.js",
                "./page.js", ".git/config", "a/.hidden", "a\\..\\b.js", "a;x/b.js", "%2e%2e/b.js",
                "a.js\0.css", "a.js\n", "a/"}) {
            assertFalse(path, BundleFiles.isPath(path));
        }
    }
}
