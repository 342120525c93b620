// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.settings;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.coppercube.collector.bacnet.message.Station;

/**
 * The settings of one network, checked.
 *
 * @param file name of the file that they are from
 * @param name short name of the network, from the name of its file
 * @param networkInterface IPv4 address or name of a network interface
 * @param port port of the devices
 * @param localPort our own, 0 for any
 * @param bbmds by address or, unresolved, by name
 * @param bbmdSeconds time to live of a registration at a BBMD
 * @param devices devices with a fixed address, by instance; likewise
 * @param visit time between two visits of a device
 * @param archiveAutomatically whether a log is archived that nobody has chosen for or against
 * @param zone by which the devices' clocks are read
 * @param notifications whether devices are asked to tell when a log has filled up
 */
public record Settings(String file, String name, String site, String networkInterface, int port, int localPort,
        int deviceInstance, DeviceRanges ranges, List<InetSocketAddress> bbmds, int bbmdSeconds,
        Map<Integer, Station> devices, Duration visit, boolean archiveAutomatically, ZoneId zone,
        Courtesy courtesy, boolean notifications, TimeSync timeSync) {

    /** @param every how much time goes by from one to the next */
    public record TimeSync(Kind kind, Duration every) {
        /** Which time is told. */
        public enum Kind { OFF, LOCAL, UTC }
    }

    /** Reads what the configuration says. @throws WrongSetting for the first key that is wrong */
    public static Settings read(SettingsFile file) throws WrongSetting {
        file.requireKnownKeys();
        int port = file.number("port", 1, 65535);
        int localPort = file.number("local.port", 0, 65535);
        return new Settings(file.file(), file.name(), file.site(), file.networkInterface("interface"), port, localPort,
                file.number("device.instance", 0, 4194302),
                new DeviceRanges(file.ranges("device.ranges"), file.ranges("device.exclude")),
                file.addresses("bbmd", port), file.number("bbmd.ttl.seconds", 10, 65535), file.devices("devices", port),
                Duration.ofMinutes(file.number("visit.minutes", 1, 44640)), file.flag("archive.automatically"),
                file.zone("time.zone"), courtesy(file), notifications(file, localPort),
                new TimeSync(file.choice("time.synchronization", TimeSync.Kind.class),
                        Duration.ofHours(file.number("time.synchronization.hours", 1, 8760))));
    }

    private static Courtesy courtesy(SettingsFile file) throws WrongSetting {
        return new Courtesy(Duration.ofMillis(file.number("apdu.timeout.ms", 100, 60000)),
                file.number("apdu.retries", 0, 10), file.number("requests.outstanding", 1, 1000),
                file.number("requests.per.second", 0, 10000),
                new Courtesy.Routed(file.number("routed.requests.outstanding", 1, 100),
                        file.number("routed.requests.per.second", 0, 1000)));
    }

    private static boolean notifications(SettingsFile file, int localPort) throws WrongSetting {
        return file.flag("notifications") && (localPort != 0 || file.<Boolean>wrong("notifications",
                "local.port must be set then, best to the devices' own port: they remember which port they send to"));
    }
}
