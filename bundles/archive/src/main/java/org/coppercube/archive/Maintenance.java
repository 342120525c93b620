// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.MonthDigest;
import org.coppercube.api.archive.Verification;
import org.coppercube.api.archive.Watch;
import org.coppercube.api.trend.TrendLogId;

/** What is done with the archive as a whole. */
final class Maintenance {

    private final Database database;
    private final Current current;
    private final Writer writer;
    private final ArchiveHealth health;
    private final Clock clock;

    Maintenance(Database database, Current current, Writer writer, ArchiveHealth health, Clock clock) {
        this.database = database;
        this.current = current;
        this.writer = writer;
        this.health = health;
        this.clock = clock;
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

    List<MonthDigest> digests(TrendLogId log) {
        LogState state = current.get().logs().get(log);
        try {
            return state == null ? List.of() : database.use(connection -> Months.digests(connection, state));
        } catch (SQLException e) {
            throw new ArchiveException("The archive cannot be read now (" + e.getMessage() + "); ask again", e);
        }
    }
}
