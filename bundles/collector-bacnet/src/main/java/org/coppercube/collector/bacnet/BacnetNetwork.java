// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.coppercube.api.archive.ArchiveIntake;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.health.HealthCheck;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the trend logs of one BACnet network, as its cfg file says; one instance for each file. Its services are
 * registered by hand, because their name comes from the name of the file.
 */
@Component(service = {}, immediate = true, configurationPid = "org.coppercube.collector.bacnet",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = BacnetNetwork.Config.class, factory = true)
@Capability(namespace = "osgi.service", effective = "active", uses = {Collection.class, HealthCheck.class},
        attribute = "objectClass:List<String>=\"org.coppercube.api.collect.Collection,"
                + "org.coppercube.api.health.HealthCheck\"")
public final class BacnetNetwork implements AutoCloseable {

    /** The keys of a cfg file. */
    @ObjectClassDefinition(name = "BACnet network",
            description = "One BACnet/IP network whose trend logs are collected.")
    public @interface Config {
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
                + "device. Up to half as many again may be under way to devices that do not answer, or not yet.",
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

    private static final Logger LOG = LoggerFactory.getLogger(BacnetNetwork.class);

    private static final Duration WATCH = Duration.ofSeconds(30);

    private final Collection network;
    private final Openings openings;
    private final ServiceRegistration<?> registration;

    /** Wrong settings are no exception: they are told by the services until the file is put right. */
    @Activate
    public BacnetNetwork(@Reference ArchiveIntake intake, BundleContext context, Map<String, Object> properties) {
        openings = new Openings(context);
        network = network(intake, properties, machine(openings::need));
        Dictionary<String, Object> names =
                new Hashtable<>(Map.of(HealthCheck.NAME, "network " + network.network().name()));
        String[] services = {Collection.class.getName(), HealthCheck.class.getName()};
        try {
            registration = context.registerService(services, network, names);
        } catch (IllegalStateException e) { // the bundle is being stopped
            closeNetwork();
            throw e;
        }
    }

    private static Machine machine(Consumer<Set<UdpPort>> inbound) {
        return new Machine(Attachment::find, InetAddress::getAllByName, inbound, InstantSource.system(), WATCH);
    }

    static Collection network(ArchiveIntake intake, Map<String, Object> properties) {
        return network(intake, properties, machine(ports -> { }));
    }

    static Collection network(ArchiveIntake intake, Map<String, Object> properties, Machine machine) {
        SettingsFile file = new SettingsFile(properties);
        try {
            Settings settings = Settings.read(file);
            LOG.info("Network {} (site {}) is collected on {} port {}, each device every {} min", settings.name(),
                    settings.site(), settings.networkInterface(), settings.port(), settings.visit().toMinutes());
            return new Collector(settings, intake, machine);
        } catch (WrongSetting e) {
            LOG.error("Network {} is not collected until its settings are put right: {}", file.name(), e.getMessage());
            return new Misconfigured(file.name(), file.validSite(), e);
        }
    }

    @Deactivate
    @Override
    public void close() {
        registration.unregister();
        closeNetwork();
        LOG.info("Network {} is closed: its cfg file was changed or removed, or the collector is stopped",
                network.network().name());
    }

    private void closeNetwork() {
        if (network instanceof Collector collector) {
            collector.close();
        }
        openings.close();
    }
}
