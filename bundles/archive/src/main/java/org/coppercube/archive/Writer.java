// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.coppercube.api.archive.ArchiveException;

/**
 * Writes one change after the other, each in one transaction. The next {@link Contents} are made aside and published
 * after the commit. If the commit itself failed, nobody knows its outcome, and the contents are read anew before the
 * next change.
 */
final class Writer {

    private static final int WAIT_SECONDS = 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Database database;
    private final Current current;
    private final ArchiveHealth health;
    private final DiskGuard disk;
    private boolean inDoubt;

    Writer(Database database, Current current, ArchiveHealth health, DiskGuard disk) {
        this.database = database;
        this.current = current;
        this.health = health;
        this.disk = disk;
    }

    /** Some change of the tables. */
    interface Change {
        /** @return the contents after it; the same as before when nothing changes */
        Contents make(Connection connection, Contents before) throws SQLException;
    }

    /** @return how many samples there are more than before */
    int write(String what, Change change) {
        if (!lock()) {
            throw new ArchiveException("The archive could not " + what + " in time or was interrupted; try again",
                    null);
        }
        try {
            return database.use(connection -> write(connection, change));
        } catch (SQLException e) {
            String why = "The archive could not " + what + " (" + Database.reason(e)
                    + "); what it has is safe, try again";
            if (!Thread.currentThread().isInterrupted()) { // else it is not the archive's fault
                health.failedToWrite(why);
                disk.failed(e);
            }
            throw new ArchiveException(why, e);
        } finally {
            lock.unlock();
        }
    }

    private int write(Connection to, Change change) throws SQLException {
        if (inDoubt) {
            current.publish(Recovery.read(to, health));
            inDoubt = false;
        }
        Contents before = current.get();
        Contents next = change.make(to, before);
        if (next != before) {
            inDoubt = true;
            to.commit();
            current.publish(next);
            inDoubt = false;
            health.wrote();
        }
        return (int) (next.end() - before.end());
    }

    private boolean lock() {
        try {
            return lock.tryLock(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
