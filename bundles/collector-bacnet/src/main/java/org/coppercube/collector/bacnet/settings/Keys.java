// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.settings;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The keys of a network's cfg file. */
@ObjectClassDefinition(name = "BACnet network",
        description = "One BACnet/IP network whose trend logs are collected.")
public @interface Keys {
    @AttributeDefinition(
            description = "Short name of the site, 1 to 40 of a-z, 0-9 and -; part of the id of every log.")
    String site();

    @AttributeDefinition(
            description = "IPv4 address or name of the network interface that the devices are reached by.")
    String $interface();

    @AttributeDefinition(description = "UDP port of the devices, which broadcasts are sent to.",
            min = "1", max = "65535")
    int port() default 47808;

    @AttributeDefinition(description = "Our own UDP port; 0 takes any that is free.", min = "0", max = "65535")
    int local_port() default 0;

    @AttributeDefinition(description = "Device instance of the appliance itself; no other device may have it.",
            min = "0", max = "4194302")
    int device_instance() default 4194000;

    @AttributeDefinition(description = "Device instances to look for: ranges and single ones, separated by commas.")
    String device_ranges() default "1-4194302";

    @AttributeDefinition(description = "Device instances to leave alone, likewise.", required = false)
    String device_exclude() default "";

    @AttributeDefinition(required = false, description = "BBMDs to register at as a foreign device: "
            + "address or host name, and port, separated by commas.")
    String bbmd() default "";

    @AttributeDefinition(
            description = "Seconds that a registration at a BBMD holds; it is renewed after half of it.",
            min = "10", max = "65535")
    int bbmd_ttl_seconds() default 60;

    @AttributeDefinition(required = false, description = "Devices with a known address, asked directly: "
            + "instance@address:port or instance@name:port; behind a router "
            + "instance@router:port/network/address there; separated by commas.")
    String devices() default "";

    @AttributeDefinition(min = "1", max = "44640", description = "Minutes between two visits of a device, at most: "
            + "one whose buffers fill up sooner is visited sooner.")
    int visit_minutes() default 240;

    @AttributeDefinition(description = "Whether logs are archived that nobody has chosen for or against.")
    boolean archive_automatically() default true;

    @AttributeDefinition(required = false,
            description = "Time zone that the devices' clocks show, as in Europe/Vienna; the system's when empty.")
    String time_zone() default "";

    @AttributeDefinition(description = "Milliseconds that a device may take for an answer.",
            min = "100", max = "60000")
    int apdu_timeout_ms() default 3000;

    @AttributeDefinition(description = "How often an unanswered question is repeated; a device that has just "
            + "answered is asked up to ten times where its line loses much.", min = "0", max = "10")
    int apdu_retries() default 2;

    @AttributeDefinition(description = "Questions that may be under way at once; never more than one to each "
            + "device. Up to three quarters as many again may be under way to devices that do not answer, or not yet, "
            + "or only when they are asked more often.",
            min = "1", max = "1000")
    int requests_outstanding() default 200;

    @AttributeDefinition(description = "Questions a second, repetitions not counted; 0 sets no limit: "
            + "each device is asked again only when it has answered.", min = "0", max = "10000")
    int requests_per_second() default 0;

    @AttributeDefinition(description = "Questions that may be under way at once into each network behind a router, "
            + "which may be a slow MS/TP trunk.", min = "1", max = "100")
    int routed_requests_outstanding() default 1;

    @AttributeDefinition(description = "Questions a second into each network behind a router; 0 sets no limit.",
            min = "0", max = "1000")
    int routed_requests_per_second() default 5;

    @AttributeDefinition(description = "Whether devices are asked to tell when a log has filled up: the appliance "
            + "enters itself in their notification classes. Needs local.port.")
    boolean notifications() default false;

    @AttributeDefinition(description = "Whether the devices' clocks are set: off, local (by time.zone) or utc.",
            options = {@Option(label = "off", value = "off"), @Option(label = "local", value = "local"),
                @Option(label = "utc", value = "utc")})
    String time_synchronization() default "off";

    @AttributeDefinition(description = "Hours from one setting of the clocks to the next.",
            min = "1", max = "8760")
    int time_synchronization_hours() default 24;
}
