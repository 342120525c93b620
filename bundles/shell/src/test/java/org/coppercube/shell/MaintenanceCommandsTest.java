// SPDX-License-Identifier: Apache-2.0
package org.coppercube.shell;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.coppercube.api.archive.ArchiveMaintenance;
import org.coppercube.api.archive.Finding;
import org.coppercube.api.archive.MonthDigest;
import org.coppercube.api.archive.Transfer;
import org.coppercube.api.archive.Verification;
import org.coppercube.api.archive.Watch;
import org.coppercube.api.trend.TrendLogId;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class MaintenanceCommandsTest {

    @Rule
    public final Console console = new Console(VerifyCommand.class, BackupCommand.class, ExportCommand.class,
            ImportCommand.class);

    private final List<String> asked = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    /** Notes what it is asked. */
    private final ArchiveMaintenance archive = new ArchiveMaintenance() {
        @Override
        public Verification verify(Collection<TrendLogId> logs, Watch watch) {
            asked.add("verify " + logs);
            return new Verification(watch.goesOn(1, 2), 3, 2_000, 4_000_000, findings);
        }

        @Override
        public List<MonthDigest> digests(TrendLogId log) {
            return log.device() == 7 ? List.of()
                    : List.of(new MonthDigest(YearMonth.of(2026, 11), 4_096, "c0ffee"));
        }

        @Override
        public long backup(Path directory) {
            asked.add("backup " + directory);
            return 88_210;
        }

        @Override
        public Transfer exportTo(Path file, Collection<TrendLogId> logs, long position, Watch watch) {
            asked.add("export " + file + " " + logs + " " + position);
            return new Transfer(logs.size(), 1_234, 0, "c0ffee");
        }

        @Override
        public Transfer importFrom(Path file, Optional<String> site, Watch watch) {
            asked.add("import " + file + " " + site);
            return new Transfer(2, 1_234, 34, "c0ffee");
        }
    };

    @Before
    public void offer() {
        console.offer(new DemoArchive().held("annex.7.EL1", 4).held("hq.20.TL9", 8).held("hq.20.TL10", 2));
    }

    @Test
    public void whatIsWrongIsPrintedAndFailsTheCommand() throws Exception {
        console.offer(archive);
        assertEquals("4,000,000 records in 2,000 chunks and the journal of 3 logs verified\n",
                console.run("cube:verify"));
        assertEquals("""
                4,000,000 records in 2,000 chunks and the journal of 3 logs verified
                c0ffee hq.20.TL9 2026-11 4096 records
                c0ffee hq.20.TL10 2026-11 4096 records
                """, console.run("cube:verify --months"));
        findings.add(new Finding(Optional.empty(), "Row 3 of the journal is damaged", "restore a backup"));
        refuses("Found wrong in the archive: 1", "cube:verify hq");
        assertEquals(List.of("verify []", "verify []", "verify [hq.20.TL9, hq.20.TL10]"), asked);
    }

    @Test
    public void aBackupIsMade() throws Exception {
        console.offer(archive);
        assertEquals("/mnt/usb/copy has all samples up to feed position 88210\n",
                console.run("cube:backup /mnt/usb/copy"));
        refuses("\"copy\" must be a whole path, such as /mnt/usb/copy", "cube:backup copy");
    }

    @Test
    public void logsAreExportedByIdSiteOrPattern() throws Exception {
        console.offer(archive);
        assertEquals("/tmp/x has 1,234 records of 3 logs, SHA-256 c0ffee\n", console.run("cube:export /tmp/x"));
        console.run("cube:export --position 12 /tmp/y hq.20.TL9 annex");
        console.run("cube:export /tmp/z hq.*.TL1*");
        refuses("--position is \"end\"; it must be a whole number", "cube:export --position end /tmp/n");
        refuses("The archive has no trend log hq.20.TL; see cube:trend-list", "cube:export /tmp/n hq.20.TL");
        assertEquals(List.of("export /tmp/x [annex.7.EL1, hq.20.TL9, hq.20.TL10] " + Long.MAX_VALUE,
                "export /tmp/y [annex.7.EL1, hq.20.TL9] 12", "export /tmp/z [hq.20.TL10] " + Long.MAX_VALUE), asked);
    }

    @Test
    public void aFileIsImported() throws Exception {
        console.offer(archive);
        assertEquals("/tmp/x has 1,234 records of 2 logs, 34 of which were new here\n",
                console.run("cube:import /tmp/x"));
        console.run("cube:import --site annex /tmp/x");
        assertEquals(List.of("import /tmp/x Optional.empty", "import /tmp/x Optional[annex]"), asked);
    }

    @Test
    public void withoutAnArchiveThatIsSaid() {
        for (String command : List.of("verify", "backup /x", "export /x", "import /x")) {
            refuses("The archive is away; see cube:status", "cube:" + command);
        }
    }

    private void refuses(String message, String command) {
        assertEquals(message, assertThrows(Exception.class, () -> console.run(command)).getMessage());
    }
}
