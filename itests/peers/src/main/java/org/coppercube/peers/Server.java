// SPDX-License-Identifier: Apache-2.0
package org.coppercube.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server of Debian's, started for the measurement and reached on loopback. */
final class Server {

    /** One that refuses root gets this account. */
    private static final String NOBODY = "nobody";
    private static final int SECONDS = 60;

    private final Process process;
    private final Path log;

    private Server(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Whether it is up. */
    interface Question {
        boolean ask() throws Exception;
    }

    /** Below this directory Debian's programs lie: the system's own, or one they were unpacked to. */
    static Path root() {
        return Path.of(System.getProperty("peers.root", "/"));
    }

    static Server start(Path log, List<String> command, Question isUp) throws IOException {
        Server server = new Server(process(log, command), log);
        long start = System.nanoTime();
        while (!server.answers(isUp)) {
            if (!server.process.isAlive() || System.nanoTime() - start > TimeUnit.SECONDS.toNanos(SECONDS)) {
                server.process.destroyForcibly();
                throw new IOException(command.get(0) + " did not start: " + Files.readString(log));
            }
        }
        return server;
    }

    /** Runs to its end. */
    static void run(Path log, List<String> command) throws IOException {
        Server program = new Server(process(log, command), log);
        program.await();
    }

    /** Asks it to stop cleanly and waits for the end. @param signal what it takes as that */
    void stop(String signal) throws IOException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).inheritIO().start();
        await();
    }

    /** A port that nobody has now. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The same command, not as root; who is not root stays who he is. */
    static List<String> unprivileged(List<String> command) {
        List<String> all = new ArrayList<>();
        if (isRoot()) {
            all.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=nogroup", "--clear-groups"));
        }
        all.addAll(command);
        return all;
    }

    /** Gives a directory to whom {@link #unprivileged} commands run as. */
    static void giveAway(Path directory) throws IOException {
        if (isRoot()) {
            Files.setOwner(directory,
                    directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NOBODY));
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static Process process(Path log, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.directory(Path.of("/").toFile());
        builder.environment().putAll(Map.of("LD_LIBRARY_PATH", root() + "/usr/lib/x86_64-linux-gnu:" + root()
                + "/usr/lib/aarch64-linux-gnu", "LC_ALL", "C"));
        return builder.start();
    }

    private boolean answers(Question isUp) {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
            return isUp.ask();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Exception e) { // not yet
            return false;
        }
    }

    private void await() throws IOException {
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("No end after " + SECONDS + " s: " + Files.readString(log));
            }
            if (process.exitValue() != 0) {
                throw new IOException("It ended with " + process.exitValue() + ": " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
