// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.coppercube.api.archive.ArchiveException;

/** The newest committed {@link Contents}; readers take it without waiting, and may wait for a newer one. */
final class Current {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile Contents contents;
    private volatile boolean closed;

    Current(Contents contents) {
        this.contents = contents;
    }

    Contents get() {
        if (closed) {
            throw new ArchiveException("The archive is closed; ask again when it is back", null);
        }
        return contents;
    }

    /** The newest, even of an archive that is closed. */
    Contents last() {
        return contents;
    }

    void publish(Contents next) {
        contents = next;
        wake();
    }

    /** Ends every wait. */
    void close() {
        closed = true;
        wake();
    }

    boolean await(long position, Duration atMost) throws InterruptedException {
        long left = TimeUnit.NANOSECONDS.convert(atMost);
        lock.lockInterruptibly();
        try {
            while (get().end() <= position && left > 0) {
                left = changed.awaitNanos(left);
            }
            return get().end() > position;
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
