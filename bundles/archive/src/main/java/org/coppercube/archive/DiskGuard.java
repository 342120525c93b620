// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.health.Health;
import org.coppercube.archive.ArchiveHealth.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the disk from filling up: warns, then stops intake and throws the ballast overboard, so that Derby can write
 * its checkpoint, retention can delete, and the operator can log in; goes on when there is room again. Pages that are
 * free within Derby's file count as room, for Derby fills these first; but not for more than the disk itself has, which
 * Derby's log needs.
 */
final class DiskGuard {

    /** What Derby says when it could not write: to its log, a page, a page while it recovered. */
    private static final Set<String> COULD_NOT_WRITE = Set.of("XSLA4", "XSDG1", "XSDFI");
    private static final Logger LOG = LoggerFactory.getLogger(DiskGuard.class);
    private static final long NANOS_BETWEEN_LOOKS = TimeUnit.SECONDS.toNanos(1);
    private static final int MEGABYTE = 1 << 20;
    /** Percent below the mark at which the warning ends. */
    private static final int CALM = 2;

    private final Path directory;
    private final DiskLimits limits;
    private final DiskSpace.Gauge gauge;
    private final Ballast ballast;
    private final Database database;
    private final ArchiveHealth health;
    private volatile boolean stopped;
    private boolean blind;
    private volatile long free;
    private volatile long looked = System.nanoTime() - NANOS_BETWEEN_LOOKS;

    DiskGuard(Path directory, DiskLimits limits, DiskSpace.Gauge gauge, Database database, ArchiveHealth health) {
        this.directory = directory;
        this.limits = limits;
        this.gauge = gauge;
        this.ballast = new Ballast(directory, limits.ballastBytes());
        this.database = database;
        this.health = health;
    }

    /** Before Derby starts, which cannot on a full disk: throws the ballast of the process before overboard. */
    static void makeRoom(Path directory, DiskLimits limits, DiskSpace.Gauge gauge) {
        try {
            if (gauge.read().free() < limits.stopBytes()) {
                new Ballast(directory, limits.ballastBytes()).throwOverboard();
            }
        } catch (IOException e) {
            LOG.debug("There is no directory yet, or no answer", e);
        }
    }

    boolean isStopped() {
        return stopped;
    }

    /** @throws ArchiveException if nothing may be taken in, saying how much is free, how much is needed, what to do */
    void requireRoom() {
        if (System.nanoTime() - looked >= NANOS_BETWEEN_LOOKS) {
            look();
        }
        if (stopped) {
            throw new ArchiveException(refusal(), null);
        }
    }

    /** A write failed: if it was for want of room, others shall not try, unless they always may. */
    void failed(SQLException failure) {
        look();
        boolean mayStop = limits.stopBytes() > 0;
        for (Throwable cause = failure; mayStop && cause != null && !stopped; cause = cause.getCause()) {
            if (cause instanceof SQLException e && COULD_NOT_WRITE.contains(String.valueOf(e.getSQLState()))) {
                stop();
            }
        }
    }

    /**
     * Looks, and goes on when there is room again; the ballast is taken on before. Called by one thread, at a slow
     * pace.
     *
     * @param goOn asked while the ballast is made
     */
    void keepUp(BooleanSupplier goOn) throws IOException {
        look();
        long missing = ballast.missing();
        if ((stopped || missing != 0) && isRoom(free - missing, toGoOn())) {
            takeOnBallast(goOn);
            if (stopped && ballast.missing() == 0) {
                stopped = false;
                health.ends(Condition.DISK_FULL);
            }
        }
        if (stopped) {
            tell();
        }
    }

    private void takeOnBallast(BooleanSupplier goOn) throws IOException {
        boolean before = stopped;
        try {
            ballast.takeOn(() -> goOn.getAsBoolean() && stopped == before);
        } catch (IOException e) { // less room than the disk says, as with a quota
            LOG.debug("The ballast could not be made", e);
            ballast.throwOverboard();
        }
    }

    private synchronized void look() {
        try {
            DiskSpace space = gauge.read();
            free = space.free();
            warn(space);
            if (!stopped && !isRoom(free, limits.stopBytes())) {
                stop();
            }
        } catch (IOException e) {
            if (!blind) {
                LOG.warn("The disk does not say how full it is ({}); nothing warns before it is full", e.toString());
            }
            blind = true;
        }
        looked = System.nanoTime(); // not sooner: who trusts this look must find what it led to
    }

    private void warn(DiskSpace space) {
        double used = space.percentUsed();
        if (used >= limits.warnPercent()) {
            String detail = String.format(Locale.ROOT, "The disk of %s is %.0f %% full (%d MB are free); make room,"
                    + " keep less or take a larger disk before intake stops", directory, used, free / MEGABYTE);
            health.begins(Condition.DISK_NEARLY_FULL,
                    new Health(Health.Level.DEGRADED, "The disk of the archive is nearly full", detail));
        } else if (used < limits.warnPercent() - CALM) {
            health.ends(Condition.DISK_NEARLY_FULL);
        }
    }

    private void stop() {
        try {
            stopped = true;
            ballast.throwOverboard();
            free = gauge.read().free();
        } catch (IOException e) {
            LOG.debug("The ballast is still there", e);
        }
        tell();
    }

    private void tell() {
        health.begins(Condition.DISK_FULL,
                new Health(Health.Level.FAILED, "The archive takes in nothing: the disk is full", refusal()));
    }

    private String refusal() {
        return String.format(Locale.ROOT, "The archive takes in nothing: %d MB are free on the disk of %s and %d MB are"
                + " needed; make room, keep less (retention.days, retention.gigabytes) or take a larger disk, and it"
                + " goes on by itself", free / MEGABYTE, directory, (toGoOn() + limits.ballastBytes()) / MEGABYTE);
    }

    /** A quarter more, so that it does not stop and go on all the time. */
    private long toGoOn() {
        return limits.stopBytes() + limits.stopBytes() / 4;
    }

    private boolean isRoom(long bytes, long needed) {
        return bytes >= needed || bytes > 0 && bytes + Math.min(bytes, freePages()) >= needed;
    }

    private long freePages() {
        try {
            return database.use(ChunkSpace::read).free();
        } catch (SQLException | ArchiveException e) {
            LOG.debug("Derby does not say what is free within its file", e);
            return 0;
        }
    }
}
