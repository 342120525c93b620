// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** A file of no use but its size: thrown overboard when the disk is full, so that there is room to act. */
final class Ballast {

    private static final int PART = 1 << 20;

    private final Path file;
    private final long bytes;

    Ballast(Path directory, long bytes) {
        this.file = directory.resolve("ballast");
        this.bytes = bytes;
    }

    /** How many bytes there are to take on yet; less than 0 where there are too many. */
    long missing() throws IOException {
        return bytes - (Files.exists(file) ? Files.size(file) : 0);
    }

    /** Makes it as large as it shall be. @param goOn asked now and then, for it may take long */
    void takeOn(BooleanSupplier goOn) throws IOException {
        if (bytes == 0) {
            throwOverboard();
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
            channel.position(channel.size());
            Random random = new Random(); // zeros take no room where the file system compresses
            byte[] part = new byte[PART];
            while (channel.position() < bytes && goOn.getAsBoolean()) {
                random.nextBytes(part);
                channel.write(ByteBuffer.wrap(part, 0, (int) Math.min(PART, bytes - channel.position())));
            }
            channel.force(false);
        }
    }

    void throwOverboard() throws IOException {
        Files.deleteIfExists(file);
    }
}
