// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.ArchiveMaintenance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what bin/cube asks for, through files in a directory that only the owner of the process may write. A request is
 * {@code NAME.request}: a line that says {@code backup}, and one with the directory to make. The answer is
 * {@code NAME.answer}: {@code done} and the feed position, or {@code refused} and why, each in a line of its own.
 */
final class Requests implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Requests.class);
    private static final String REQUEST = ".request";
    private static final Duration WAIT_TO_CLOSE = Duration.ofSeconds(2);

    private final ArchiveMaintenance archive;
    private final Path directory;
    private final Rounds rounds;
    private String trouble = "";

    Requests(ArchiveMaintenance archive, Path directory, Duration look) {
        this.archive = archive;
        this.directory = directory;
        this.rounds = new Rounds("archive-requests", look, this::answerAll,
                "A request of bin/cube took too long to end and was interrupted");
    }

    /** What is not done in time ends when the archive is closed: an interrupt would do it harm. */
    @Override
    public void close() {
        rounds.close(WAIT_TO_CLOSE);
    }

    private void answerAll(Rounds watch) {
        try {
            answerEach(watch);
            trouble = "";
        } catch (IOException e) {
            if (!trouble.equals(e.toString())) { // said once, not every second
                LOG.warn("Requests of bin/cube cannot be read in {} ({}); trying on", directory, e.toString());
            }
            trouble = e.toString();
        }
    }

    private void answerEach(Rounds watch) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        try (Stream<Path> files = Files.list(directory)) {
            for (Path request : files.filter(file -> file.toString().endsWith(REQUEST)).toList()) {
                if (watch.goesOn()) {
                    answer(request);
                }
            }
        }
    }

    private void answer(Path request) throws IOException {
        List<String> answer = answerTo(Files.readAllLines(request, UTF_8));
        String name = request.getFileName().toString();
        Path file = request.resolveSibling(name.substring(0, name.length() - REQUEST.length()) + ".answer");
        Path half = file.resolveSibling(file.getFileName() + ".part");
        Files.write(half, answer, UTF_8);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(request); // whoever asked may have taken it back
    }

    private List<String> answerTo(List<String> request) {
        if (request.size() != 2 || !request.get(0).equals("backup") || !Path.of(request.get(1)).isAbsolute()) {
            return List.of("refused", "This version of the archive does not know the request " + request);
        }
        try {
            return List.of("done", Long.toString(archive.backup(Path.of(request.get(1)))));
        } catch (ArchiveException | IllegalArgumentException e) {
            return List.of("refused", e.getMessage());
        }
    }
}
