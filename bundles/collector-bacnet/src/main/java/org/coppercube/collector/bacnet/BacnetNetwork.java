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
import org.coppercube.collector.bacnet.link.Attachment;
import org.coppercube.collector.bacnet.link.Machine;
import org.coppercube.collector.bacnet.link.Openings;
import org.coppercube.collector.bacnet.link.UdpPort;
import org.coppercube.collector.bacnet.settings.Keys;
import org.coppercube.collector.bacnet.settings.Settings;
import org.coppercube.collector.bacnet.settings.SettingsFile;
import org.coppercube.collector.bacnet.settings.WrongSetting;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the trend logs of one BACnet network, as its cfg file says; one instance for each file. Its services are
 * registered by hand, because their name comes from the name of the file.
 */
@Component(service = {}, immediate = true, configurationPid = "org.coppercube.collector.bacnet",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = Keys.class, factory = true)
@Capability(namespace = "osgi.service", effective = "active", uses = {Collection.class, HealthCheck.class},
        attribute = "objectClass:List<String>=\"org.coppercube.api.collect.Collection,"
                + "org.coppercube.api.health.HealthCheck\"")
public final class BacnetNetwork implements AutoCloseable {

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

    public static Collection network(ArchiveIntake intake, Map<String, Object> properties) {
        return network(intake, properties, machine(ports -> { }));
    }

    public static Collection network(ArchiveIntake intake, Map<String, Object> properties, Machine machine) {
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
