// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.Test;

public class SettingsTest {

    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);

    @Test
    public void bothWaysOfGivingAValueAreUnderstood() {
        Settings settings = settings("--devices", "3", "--logs=4", "--quiet");
        assertEquals(3, settings.devices());
        assertEquals(4, settings.logs());
        assertTrue(settings.quiet());
    }

    @Test
    public void aRefusalNamesOptionValueAndRule() {
        assertEquals("--devices is 0; it must be a whole number from 1 to 1000", refusal("--devices=0"));
        assertEquals("--logs is many; it must be a whole number from 1 to 1000", refusal("--logs=many"));
        assertEquals("--bind is 10.0.0.1; it must be an IPv4 address in 127.0.0.0/8", refusal("--bind=10.0.0.1"));
        assertEquals("--bind is 127.0.0.256; it must be an IPv4 address in 127.0.0.0/8", refusal("--bind=127.0.0.256"));
        assertEquals("--time-zone is Mars; it must be a time zone, as Europe/Berlin", refusal("--time-zone=Mars"));
        assertEquals("--anchor is now; it must be a time, as 2026-01-01T00:00:00Z", refusal("--anchor=now"));
        assertEquals("--behind-router is some; it must be the instance of a device or FIRST-LAST, as 1003-1005",
                refusal("--behind-router=some"));
        assertEquals("--behind-router is 1008-1009; it must be at most 127 of the devices that there are, 1001 to 1008",
                refusal("--behind-router=1008-1009"));
        assertEquals("There is no option --floors", refusal("--floors=3"));
        assertEquals("--devices needs a value", refusal("--devices"));
        assertEquals("--quiet takes no value", refusal("--quiet=yes"));
    }

    @Test
    public void timesThatCannotBePlayedAreRefused() {
        assertTrue(refusal("--anchor=2027-01-01T00:00:00Z").startsWith("--anchor is 2027-01-01T00:00:00Z; "));
        assertTrue(refusal("--compress-since=2026-12-01T00:00:00Z").startsWith("--compress-since is "));
        assertTrue(refusal("--compress=3600").startsWith("--compress is 3600; it must be so small "));
    }

    @Test
    public void compressedTimeRunsFasterSinceItsStart() {
        Settings settings = settings("--compress=60", "--compress-since=2026-11-23T09:59:00Z");
        assertEquals(Instant.parse("2026-11-23T10:59:00Z").toEpochMilli(), settings.clock(NOW).now());
    }

    @Test
    public void theNightOfAChangeOfTheClocksIsFoundByItsSeason() {
        String zone = "--time-zone=Europe/Berlin";
        assertEquals(Instant.parse("2026-10-24T12:00:00Z"), settings(zone, "--anchor=autumn").anchor());
        assertEquals(Instant.parse("2026-03-28T12:00:00Z"), settings(zone, "--anchor=spring").anchor());
        assertEquals("--anchor is spring; it must be a time, since Etc/UTC has no daylight saving time",
                refusal("--time-zone=Etc/UTC", "--anchor=spring"));
    }

    private static Settings settings(String... arguments) {
        return Settings.of(new Arguments(arguments), NOW.instant());
    }

    private static String refusal(String... arguments) {
        return assertThrows(IllegalArgumentException.class,
                () -> settings(arguments).clock(NOW)).getMessage();
    }
}
