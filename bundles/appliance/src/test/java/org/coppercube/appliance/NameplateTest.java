// SPDX-License-Identifier: Apache-2.0
package org.coppercube.appliance;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Version;

public class NameplateTest {

    private static final Version VERSION = Version.parseVersion("1.2.3.202611230400");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private Path data;

    @Before
    public void nameADirectoryThatIsNotThereYet() {
        data = folder.getRoot().toPath().resolve("a/b");
    }

    @Test
    public void theFirstStartMakesASerialAndAnIdAndTheSecondKeepsThem() throws IOException {
        Nameplate first = nameplate();
        Nameplate second = nameplate();
        assertTrue(first.serial(), first.serial().matches("CC-[0-9A-HJKMNP-TV-Z]{12}"));
        assertEquals(first.serial(), second.serial());
        assertEquals(first.deviceId(), second.deviceId());
    }

    @Test
    public void twoBoxesDiffer() throws IOException {
        Nameplate other = new Nameplate(folder.getRoot().toPath(), Optional.empty(), VERSION);
        assertNotEquals(nameplate().serial(), other.serial());
        assertNotEquals(nameplate().deviceId(), other.deviceId());
    }

    @Test
    public void onlyTheOwnerCanReadTheFiles() throws IOException {
        nameplate();
        for (String name : new String[] {"serial", "device-id"}) {
            assertEquals("rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(name))));
        }
    }

    @Test
    public void whatACrashLeftHalfWrittenIsReplaced() throws IOException {
        Files.createDirectories(data);
        Files.writeString(data.resolve("serial.new"), "CC-0");
        assertEquals(nameplate().serial(), nameplate().serial());
        assertFalse(Files.exists(data.resolve("serial.new")));
    }

    @Test
    public void aGivenSerialWinsAndLeavesTheKeptOneAlone() throws IOException {
        String kept = nameplate().serial();
        assertEquals("CC-0123456789AB",
                new Nameplate(data, Optional.of("CC-0123456789AB"), VERSION).serial());
        assertEquals(kept, nameplate().serial());
    }

    @Test
    public void aGivenSerialOfAnotherFormIsRefusedWithoutShowingIt() {
        String message = assertThrows(IllegalArgumentException.class,
                () -> new Nameplate(data, Optional.of("MY SECRET"), VERSION)).getMessage();
        assertTrue(message, message.contains("CUBE_SERIAL"));
        assertFalse(message, message.contains("SECRET"));
    }

    @Test
    public void aSpoiltFileIsNamedAndNotReplaced() throws IOException {
        nameplate();
        Files.writeString(data.resolve("serial"), "CC-12\n");
        String message = assertThrows(IOException.class, this::nameplate).getMessage();
        assertTrue(message, message.contains(data.resolve("serial").toString()));
        assertFalse(message, message.contains("CC-12"));
        assertEquals("CC-12\n", Files.readString(data.resolve("serial")));
    }

    @Test
    public void theVersionHasNoQualifier() throws IOException {
        assertEquals("1.2.3", nameplate().version());
    }

    @Test
    public void itStartedWithTheProcess() throws IOException {
        Instant started = nameplate().startedAt();
        Duration age = Duration.between(started, Instant.now());
        assertFalse(age.isNegative());
        assertTrue(started.toString(), age.compareTo(Duration.ofHours(1)) < 0);
    }

    private Nameplate nameplate() throws IOException {
        return new Nameplate(data, Optional.empty(), VERSION);
    }
}
