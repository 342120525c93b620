// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * The settings of one network, checked.
 *
 * @param name short name of the network, from the name of its file
 * @param networkInterface IPv4 address or name of a network interface
 * @param port port of the devices
 * @param localPort our own, 0 for any
 * @param bbmdSeconds time to live of a registration at a BBMD
 * @param devices devices with a fixed address, by instance
 * @param visit time between two visits of a device
 * @param archiveAutomatically whether a log is archived that nobody has chosen for or against
 * @param zone by which the devices' clocks are read
 * @param timeout how long an answer may take
 * @param retries how often a question is repeated
 */
record Settings(String name, String site, String networkInterface, int port, int localPort, int deviceInstance,
        DeviceRanges ranges, List<InetSocketAddress> bbmds, int bbmdSeconds, Map<Integer, InetSocketAddress> devices,
        Duration visit, boolean archiveAutomatically, ZoneId zone, Duration timeout, int retries) {

    /** Reads what the configuration says. @throws WrongSetting for the first key that is wrong */
    static Settings read(SettingsFile file) throws WrongSetting {
        file.requireKnownKeys();
        int port = file.number("port", 1, 65535);
        return new Settings(file.name(), file.site(), file.networkInterface("interface"), port,
                file.number("local.port", 0, 65535), file.number("device.instance", 0, 4194302),
                new DeviceRanges(file.ranges("device.ranges"), file.ranges("device.exclude")),
                file.addresses("bbmd", port), file.number("bbmd.ttl.seconds", 10, 65535), file.devices("devices", port),
                Duration.ofMinutes(file.number("visit.minutes", 1, 44640)), file.flag("archive.automatically"),
                file.zone("time.zone"), Duration.ofMillis(file.number("apdu.timeout.ms", 100, 60000)),
                file.number("apdu.retries", 0, 10));
    }
}
