// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.settings;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.coppercube.collector.bacnet.message.Station;
import org.junit.Test;

public class SettingsTest {
    private static final String FILE = "org.coppercube.collector.bacnet-demo.cfg";

    private static Settings read(String... keysAndValues) throws WrongSetting {
        Map<String, Object> properties = new HashMap<>(Map.of("site", "hq", "interface", "127.0.0.1",
                "felix.fileinstall.filename", "file:/opt/etc/" + FILE, "service.pid", "x", ".secret", "y",
                "component.id", 7L, "osgi.ds.satisfying.condition.target", "(osgi.condition.id=true)"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return Settings.read(new SettingsFile(properties));
    }

    @Test
    public void defaultsAreThoseOfTheForm() throws WrongSetting {
        Settings settings = read();
        assertEquals("demo", settings.name());
        assertEquals(47808, settings.port());
        assertEquals(0, settings.localPort());
        assertEquals(Duration.ofMinutes(240), settings.visit());
        assertEquals(ZoneId.systemDefault(), settings.zone());
        assertTrue(settings.archiveAutomatically());
        assertTrue(settings.ranges().contains(4194302));
        assertFalse(settings.ranges().contains(0));
        assertFalse(settings.notifications());
        assertEquals(new Settings.TimeSync(Settings.TimeSync.Kind.OFF, Duration.ofDays(1)), settings.timeSync());
        assertEquals(new Courtesy(Duration.ofSeconds(3), 2, 200, 0, new Courtesy.Routed(1, 5)), settings.courtesy());
    }

    @Test
    public void everyKeyIsRead() throws WrongSetting {
        Settings settings = read("port", "47809", "local.port", "47810", "device.instance", "77",
                "device.ranges", " 1-99, 200 ", "device.exclude", "50", "bbmd", "10.0.0.1,10.0.0.2:1234",
                "bbmd.ttl.seconds", "30", "devices", "1200@10.0.0.5:47808 , 1201@ahu-5.example, 1202@10.0.0.6/2001/12",
                "visit.minutes", "1",
                "archive.automatically", "false", "time.zone", "Europe/Vienna", "apdu.timeout.ms", "500",
                "apdu.retries", "0", "requests.outstanding", "7", "requests.per.second", "70",
                "routed.requests.outstanding", "2", "routed.requests.per.second", "9", "notifications", "true",
                "time.synchronization", "utc", "time.synchronization.hours", "1");
        assertEquals(List.of(new InetSocketAddress("10.0.0.1", 47809), new InetSocketAddress("10.0.0.2", 1234)),
                settings.bbmds());
        assertEquals(Map.of(1200, new Station(new InetSocketAddress("10.0.0.5", 47808)),
                1201, new Station(InetSocketAddress.createUnresolved("ahu-5.example", 47809)),
                1202, new Station(new InetSocketAddress("10.0.0.6", 47809), 2001, "0c")), settings.devices());
        assertTrue(settings.ranges().contains(200));
        assertFalse(settings.ranges().contains(50));
        assertFalse(settings.ranges().contains(100));
        assertEquals(List.of(new DeviceRanges.Range(1, 40), new DeviceRanges.Range(41, 80),
                new DeviceRanges.Range(81, 99), new DeviceRanges.Range(200, 200)), settings.ranges().slices(40));
        assertFalse(settings.archiveAutomatically());
        assertEquals(ZoneId.of("Europe/Vienna"), settings.zone());
        assertEquals(new Courtesy(Duration.ofMillis(500), 0, 7, 70, new Courtesy.Routed(2, 9)), settings.courtesy());
        assertTrue(settings.notifications());
        assertEquals(new Settings.TimeSync(Settings.TimeSync.Kind.UTC, Duration.ofHours(1)), settings.timeSync());
    }

    @Test
    public void aWrongValueIsNamedWithFileKeyAndRule() {
        String[][] wrong = {
            {"site", "Head Quarters", "1 to 40 of a-z"}, {"site", "", "1 to 40 of a-z"},
            {"interface", " ", "IPv4 address"}, {"interface", "10.0.0.256", "IPv4 address"},
            {"port", "0", "from 1 to 65535"}, {"port", "BAC0", "from 1 to 65535"},
            {"local.port", "-1", "from 0 to 65535"},
            {"device.instance", "4194303", "to 4194302"}, {"device.ranges", "5-1", "ranges as in"},
            {"device.ranges", "1-4194303", "ranges as in"}, {"device.exclude", "x", "ranges as in"},
            {"bbmd", "gate way:47808", "host names"}, {"bbmd", "-", "host names"},
            {"bbmd", "10.0.0.256", "host names"}, {"bbmd", "10.0.0.1:0", "host names"},
            {"bbmd", "10.0.0.1:", "host names"}, {"bbmd.ttl.seconds", "9", "from 10"},
            {"devices", "10.0.0.1", "1200@"}, {"devices", "9999999@10.0.0.1", "1200@"},
            {"devices", "1@1.2.3", "not 1@1.2.3"}, {"devices", "1@10.0.0.5, 2@10.0.0.6/2001", "not 2@10.0.0.6/2001"},
            {"visit.minutes", "0", "from 1"},
            {"archive.automatically", "yes", "true or false"}, {"time.zone", "Mars/Olympus", "zone as in"},
            {"apdu.timeout.ms", "1", "from 100"}, {"apdu.retries", "11", "from 0 to 10"},
            {"requests.outstanding", "0", "from 1 to 1000"}, {"requests.per.second", "-1", "from 0 to 10000"},
            {"routed.requests.outstanding", "0", "from 1 to 100"},
            {"routed.requests.per.second", "1001", "from 0 to 1000"}, {"notifications", "true", "local.port must be"},
            {"time.synchronization", "on", "one of off, local, utc"},
            {"time.synchronization.hours", "0", "from 1 to 8760"},
            {"visits.minutes", "5", "no such key"}};
        for (String[] one : wrong) {
            String said = assertThrows(one[0], WrongSetting.class, () -> read(one[0], one[1])).getMessage();
            assertTrue(said, said.startsWith(FILE + ": " + one[0] + " is ") && said.contains(one[2]));
        }
    }

    @Test
    public void theNameMayComeFromThePid() {
        assertEquals("west", new SettingsFile(Map.of("service.pid", "org.coppercube.collector.bacnet~west")).name());
    }
}
