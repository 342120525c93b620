// SPDX-License-Identifier: Apache-2.0
package org.coppercube.appliance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** One line in a file of its own that only the owner can read, made once and kept for ever. */
final class KeptText {

    private final Path file;
    private final Pattern form;
    private final String rule;

    KeptText(Path file, Pattern form, String rule) {
        this.file = file;
        this.form = form;
        this.rule = rule;
    }

    /** The line; if there is none yet, a new one, which is on disk when this returns. */
    String readOrKeep(Supplier<String> maker) throws IOException {
        if (!Files.exists(file)) {
            keep(maker.get());
        }
        String text = Files.readString(file).strip();
        if (!form.matcher(text).matches()) { // a new one in its place would silently make this another box
            throw new IOException(file + " must hold " + rule + "; restore it, or delete it to get a new one");
        }
        return text;
    }

    private void keep(String text) throws IOException {
        Path folder = Files.createDirectories(file.getParent());
        Path fresh = folder.resolve(file.getFileName() + ".new");
        Files.deleteIfExists(fresh); // a crash may have left it
        try (FileChannel channel = FileChannel.open(fresh, Set.of(CREATE_NEW, WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap((text + '\n').getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel entries = FileChannel.open(folder, READ)) {
            entries.force(true); // the name is on disk too
        }
    }
}
