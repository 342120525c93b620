// SPDX-License-Identifier: Apache-2.0
package org.coppercube.itests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A simulated building in a process of its own. */
final class Building implements AutoCloseable {

    private final Process process;
    private final String port;

    Building(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx64m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", System.getProperty("simulator"), "--seconds", "600"));
        command.addAll(List.of(options));
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String ready = lines.readLine();
            if (ready == null || !ready.startsWith("SIMULATOR ready")) {
                throw new IOException("the simulator said " + ready);
            }
            port = ready.replaceAll(".*\\bport=(\\d+).*", "$1");
        }
    }

    /** What the cfg file of a network with this building says. */
    String network(String site, String... more) {
        return "site = " + site + "\ninterface = 127.0.0.1\nport = " + port + "\nvisit.minutes = 1\n"
                + String.join("\n", more) + "\n";
    }

    /** Puts a cfg file where an operator would. */
    static Path configure(String network, String text) throws IOException {
        Path file = Path.of(System.getProperty("karaf.etc"), "org.coppercube.collector.bacnet-" + network + ".cfg");
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(whole, text);
        return Files.move(whole, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(5, TimeUnit.SECONDS).exceptionally(late -> process.destroyForcibly()).join();
    }
}
