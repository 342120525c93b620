// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.MonthDigest;
import org.coppercube.api.archive.Transfer;
import org.coppercube.api.archive.Verification;
import org.coppercube.api.archive.Watch;
import org.coppercube.api.trend.TrendLogId;

/** What is done with the archive as a whole. */
final class Maintenance {

    private final Database database;
    private final Current current;
    private final Writer writer;
    private final Intake intake;
    private final ArchiveHealth health;
    private final Clock clock;
    private final Backup backup;

    Maintenance(Path directory, Database database, Current current, Writer writer, Intake intake, ArchiveHealth health,
            Clock clock) {
        this.database = database;
        this.current = current;
        this.writer = writer;
        this.intake = intake;
        this.health = health;
        this.clock = clock;
        this.backup = new Backup(database, current, directory, Backup::freeBytes);
    }

    Verification verify(Collection<TrendLogId> logs, Watch watch) {
        try {
            Verification verification = new Verifier(database, current, writer, watch).verify(logs);
            health.found(verification.findings());
            if (logs.isEmpty() && verification.complete()) {
                health.verified(verification, LocalDateTime.now(clock));
            }
            return verification;
        } catch (SQLException e) {
            throw new ArchiveException("The archive cannot be verified now (" + e.getMessage() + "); try again", e);
        }
    }

    long backup(Path copy) {
        return backup.make(copy);
    }

    Transfer exportTo(Path file, Collection<TrendLogId> logs, long position, Watch watch) {
        return new Exporter(database, current.get(), position, watch).write(file, logs);
    }

    Transfer importFrom(Path file, Optional<String> site, Watch watch) {
        return new Importer(database, current, intake, file, site, watch).read();
    }

    List<MonthDigest> digests(TrendLogId log) {
        LogState state = current.get().logs().get(log);
        try {
            return state == null ? List.of() : database.use(connection -> Months.digests(connection, state));
        } catch (SQLException e) {
            throw new ArchiveException("The archive cannot be read now (" + e.getMessage() + "); ask again", e);
        }
    }
}
