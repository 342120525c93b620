// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** The program as scripts meet it: options in, one line out, exit code. */
public class SiteSimulatorTest {

    @Rule
    public final Timeout timeout = Timeout.seconds(120);

    private Process program;

    @After
    public void stop() {
        program.destroyForcibly();
    }

    @Test
    public void saysOneLineWhenItIsUpAndEndsOnSigterm() throws Exception {
        start("--devices=2", "--logs=3", "--all-kinds", "--first-instance=70");
        try (BufferedReader out = program.inputReader()) {
            String line = out.readLine();
            assertTrue(line, line.matches(
                    "SIMULATOR ready broadcast=127\\.255\\.255\\.255 port=\\d+ devices=2 logs=7 first=70"));
            program.toHandle().destroy(); // Process.destroy would close what is still to be read
            assertTrue(program.waitFor(60, TimeUnit.SECONDS));
            assertNull(out.readLine());
        }
    }

    @Test
    public void endsByItselfWhenToldTo() throws Exception {
        start("--devices=1", "--seconds=1");
        assertEquals(0, program.waitFor());
    }

    @Test
    public void aWrongOptionIsExplainedAndEndsWithTwo() throws Exception {
        start("--devices=none");
        assertEquals(2, program.waitFor());
        assertEquals("Site simulator: --devices is none; it must be a whole number from 1 to 1000"
                + " (--help shows all options)", program.errorReader().readLine());
        assertNull(program.inputReader().readLine());
    }

    private void start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java",
                "-cp", System.getProperty("java.class.path"), SiteSimulator.class.getName(), "--quiet"));
        command.addAll(List.of(arguments));
        program = new ProcessBuilder(command).start();
    }
}
