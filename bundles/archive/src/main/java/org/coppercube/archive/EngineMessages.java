// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.nio.file.Path;

/** While this is open, an engine of Derby's that starts will write its own messages to the archive's directory. */
final class EngineMessages implements AutoCloseable {

    /** Read by the engine only when it starts. */
    private static final String FILE = "derby.stream.error.file";

    private final String before = System.getProperty(FILE);

    EngineMessages(Path directory) {
        System.setProperty(FILE, directory.resolve("derby.log").toString());
    }

    @Override
    public void close() {
        if (before == null) {
            System.clearProperty(FILE);
        } else {
            System.setProperty(FILE, before);
        }
    }
}
