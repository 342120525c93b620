// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.coppercube.api.archive.Transfer;
import org.junit.rules.TemporaryFolder;

/** A folder for exports of an archive. */
final class Exports extends TemporaryFolder {

    private final ArchiveOnDisk archive;

    Exports(ArchiveOnDisk archive) {
        this.archive = archive;
    }

    Transfer export(String name) {
        return archive.get().exportTo(path(name), List.of(), Long.MAX_VALUE, (done, all) -> true);
    }

    Transfer importFrom(String name) {
        return archive.get().importFrom(path(name), Optional.empty(), (done, all) -> true);
    }

    Path path(String name) {
        return getRoot().toPath().resolve(name);
    }

    byte[] bytes(String name) {
        try {
            return Files.readAllBytes(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> names() {
        try (Stream<Path> files = Files.list(getRoot().toPath())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
