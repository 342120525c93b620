// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.Transfer;
import org.coppercube.api.archive.Watch;
import org.coppercube.api.trend.TrendLogId;

/** Writes one export, log by log in the order of their ids, from a snapshot of each. */
final class Exporter {

    private final Database database;
    private final Contents contents;
    private final long position;
    private final Watch watch;
    private long records;
    private long all;

    Exporter(Database database, Contents contents, long position, Watch watch) {
        this.database = database;
        this.contents = contents;
        this.position = position;
        this.watch = watch;
    }

    /** @param wanted none for all there are */
    Transfer write(Path wantedFile, Collection<TrendLogId> wanted) {
        Path file = wantedFile.toAbsolutePath().normalize();
        Path half = file.resolveSibling(file.getFileName() + ".part");
        require(Files.notExists(file), file + " is there already, and an export overwrites nothing; name another file,"
                + " or delete it");
        require(Files.notExists(half), half + " is what is left of an export that was broken off; delete it");
        require(Files.isDirectory(file.getParent()), file.getParent() + " is no directory; make it first");
        List<LogState> logs = (wanted.isEmpty() ? contents.logs().keySet() : wanted).stream().sorted().distinct()
                .map(contents::require).toList();
        all = logs.stream().mapToLong(log -> log.now().records()).sum();
        try {
            try {
                Transfer transfer = write(half, logs);
                ArchiveDirectory.force(half);
                Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
                ArchiveDirectory.force(file.getParent());
                return transfer;
            } finally {
                Files.deleteIfExists(half);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new ArchiveException("The export could not be written to " + file + " (" + e + "); nothing of it is"
                    + " left there", e);
        }
    }

    private Transfer write(Path half, List<LogState> logs) throws IOException {
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(half, StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE)); DigestOutputStream out = new DigestOutputStream(file, Chain.sha256())) {
            out.write(ExportFile.HEADER);
            int count = 0;
            for (LogState log : logs) {
                count += write(log, out) ? 1 : 0;
            }
            ByteWriter totals = new ByteWriter();
            totals.varint(count);
            totals.varint(records);
            part(ExportFile.END, totals.toByteArray(), out);
            byte[] sha256 = out.getMessageDigest().digest();
            file.write(sha256);
            return new Transfer(count, records, 0, HexFormat.of().formatHex(sha256));
        }
    }

    /** @return whether there is anything of it */
    private boolean write(LogState log, OutputStream out) throws IOException {
        LogRecords source = new LogRecords(database, log, position);
        ExportBlocks blocks = new ExportBlocks(block -> part(ExportFile.BLOCK, ExportFile.encode(block), out));
        boolean any = false;
        for (Optional<Stretch> next = source.next(); next.isPresent(); next = source.next()) {
            if (!any) {
                part(ExportFile.LOG, ExportFile.encode(log.log()), out);
            }
            any = true;
            blocks.add(next.get());
            records += next.get().samples().size();
            if (!watch.goesOn(records, all)) {
                throw new CancellationException("The export was ended");
            }
        }
        blocks.end();
        return any;
    }

    private static void part(int kind, byte[] content, OutputStream out) throws IOException {
        ByteWriter part = new ByteWriter();
        part.octet(kind);
        part.int32(content.length);
        part.raw(content);
        part.int32(ExportFile.crc(kind, content));
        out.write(part.toByteArray());
    }

    private static void require(boolean rule, String sentence) {
        if (!rule) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
