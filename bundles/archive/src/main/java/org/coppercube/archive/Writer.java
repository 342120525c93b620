// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.coppercube.api.archive.ArchiveException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one change after the other, each in one transaction. The next {@link Contents} are made aside and published
 * after the commit. After any failure the connection is given up, because a full disk or an interrupt has killed it; if
 * the commit itself failed, nobody knows its outcome, and the contents are read anew before the next change.
 */
final class Writer {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final int WAIT_SECONDS = 20;
    private static final int WAIT_SECONDS_TO_CLOSE = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final Database database;
    private final Current current;
    private final ArchiveHealth health;
    private Connection connection;
    private boolean inDoubt;

    Writer(Database database, Current current, ArchiveHealth health) {
        this.database = database;
        this.current = current;
        this.health = health;
    }

    /** Some change of the tables. */
    interface Change {
        /** @return the contents after it; the same as before when nothing changes */
        Contents make(Connection connection, Contents before) throws SQLException;
    }

    /** @return how many samples there are more than before */
    int write(String what, Change change) {
        if (!lock(WAIT_SECONDS)) {
            throw new ArchiveException("The archive could not " + what + " in time or was interrupted; try again",
                    null);
        }
        boolean through = false;
        try {
            Connection to = connection();
            Contents before = current.get();
            Contents next = change.make(to, before);
            if (next != before) {
                inDoubt = true;
                to.commit();
                inDoubt = false;
                current.publish(next);
                health.wrote();
            }
            through = true;
            return (int) (next.end() - before.end());
        } catch (SQLException e) {
            String why = "The archive could not " + what + " (" + e.getMessage() + "); what it has is safe, try again";
            health.failedToWrite(why);
            throw new ArchiveException(why, e);
        } finally {
            if (!through) { // also when the change was refused: part of it may be written
                giveUpConnection();
            }
            lock.unlock();
        }
    }

    /** Lets the change in hand end and takes no other. */
    void close() {
        current.close();
        if (lock(WAIT_SECONDS_TO_CLOSE)) {
            try {
                giveUpConnection();
            } finally {
                lock.unlock();
            }
        } else {
            LOG.warn("A write did not end within {} s and is broken off, not acknowledged", WAIT_SECONDS_TO_CLOSE);
        }
    }

    private boolean lock(int seconds) {
        try {
            return lock.tryLock(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Connection connection() throws SQLException {
        current.get(); // refuses when closed
        if (connection == null) {
            connection = database.connect();
        }
        if (inDoubt) {
            current.publish(Recovery.read(connection, health));
            inDoubt = false;
        }
        return connection;
    }

    private void giveUpConnection() {
        if (connection != null) {
            try (Connection old = connection) {
                old.rollback();
            } catch (SQLException e) {
                LOG.debug("The archive's connection was already gone", e);
            }
            connection = null;
        }
    }
}
