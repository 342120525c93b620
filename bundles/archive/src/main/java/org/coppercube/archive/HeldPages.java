// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.derby.io.StorageFactory;
import org.apache.derby.io.StorageFile;
import org.apache.derby.io.StorageRandomAccessFile;

/**
 * Pages that Derby has written to the containers of one database, but not synced: they are in memory, so that the file
 * with their second copies is written once for many. Nothing is written in place before that file is on disk, and that
 * file is not written anew before what it holds is on disk in place.
 */
final class HeldPages {

    /** Directory of the containers. */
    static final String SEGMENT = "seg0";

    private static final int MOST_BYTES = 2 << 20;

    private final StorageFactory storage;
    private final PageBatch batch;
    /** In the order in which they came; read without the lock. */
    private volatile List<HeldPage> held = List.of();
    /** The first of them, when they are in the batch and could not be written in place. */
    private List<HeldPage> batched = List.of();
    private final Set<String> unsynced = new TreeSet<>();

    HeldPages(StorageFactory storage) {
        this.storage = storage;
        this.batch = new PageBatch(storage);
    }

    /** Before Derby opens the database: puts in place what a power cut may have left half-written there. */
    synchronized void repair() throws IOException {
        place(batch.read());
        syncPlaced();
    }

    List<HeldPage> of(String file) {
        return held.stream().filter(page -> page.file().equals(file)).toList();
    }

    /** When it fails, the page is not held, and all others still are. */
    synchronized void hold(HeldPage page) throws IOException {
        if (held.stream().mapToInt(each -> each.bytes().length).sum() + page.bytes().length > MOST_BYTES) {
            flush();
        }
        List<HeldPage> pages = new ArrayList<>(held);
        pages.removeIf(older -> page.covers(older) && !batched.contains(older));
        pages.add(page);
        held = List.copyOf(pages);
    }

    /** Returns when all that was written to this file is on disk. */
    synchronized void sync(String file, StorageRandomAccessFile open) throws IOException {
        if (!of(file).isEmpty()) {
            flush();
        }
        open.sync();
        unsynced.remove(file);
    }

    /** Returns when all is on disk and nothing would be put in place at the next opening. */
    synchronized void settle() throws IOException {
        flush();
        syncPlaced();
        batch.write(List.of());
    }

    /** The file is to be deleted. */
    synchronized void forget(String file) {
        batched = batched.stream().filter(page -> !page.file().equals(file)).toList();
        held = held.stream().filter(page -> !page.file().equals(file)).toList();
        unsynced.remove(file);
    }

    /** Derby has closed the database; if that was because it could not write, the batch may be needed yet. */
    synchronized void close() throws IOException {
        if (!batched.isEmpty() || !unsynced.isEmpty()) {
            batch.keep();
        }
    }

    private void flush() throws IOException {
        while (!held.isEmpty()) {
            if (batched.isEmpty()) {
                syncPlaced();
                batch.write(held);
                batched = held;
            }
            place(batched);
            held = List.copyOf(held.subList(batched.size(), held.size()));
            batched = List.of();
        }
    }

    private void place(List<HeldPage> pages) throws IOException {
        Set<String> names = new TreeSet<>();
        pages.forEach(page -> names.add(page.file()));
        for (String name : names) {
            StorageFile file = storage.newStorageFile(SEGMENT, name);
            if (file.exists()) { // at the next opening it may have been dropped
                StorageRandomAccessFile to = file.getRandomAccessFile("rw");
                Closeable open = to::close;
                try (open) {
                    for (HeldPage page : pages) {
                        if (page.file().equals(name)) {
                            to.seek(page.at());
                            to.write(page.bytes());
                        }
                    }
                }
                unsynced.add(name);
            }
        }
    }

    private void syncPlaced() throws IOException {
        for (String name : List.copyOf(unsynced)) {
            StorageRandomAccessFile file = storage.newStorageFile(SEGMENT, name).getRandomAccessFile("rw");
            Closeable open = file::close;
            try (open) {
                file.sync();
            }
            unsynced.remove(name);
        }
    }
}
