// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.coppercube.collector.bacnet.link.Attachment;
import org.coppercube.collector.bacnet.link.Bbmds;
import org.coppercube.collector.bacnet.link.Dropped;
import org.coppercube.collector.bacnet.link.FencedLink;
import org.coppercube.collector.bacnet.link.Hosts;
import org.coppercube.collector.bacnet.link.Inlet;
import org.coppercube.collector.bacnet.link.Loop;
import org.coppercube.collector.bacnet.link.Machine;
import org.coppercube.collector.bacnet.link.OwnDevice;
import org.coppercube.collector.bacnet.link.UdpPort;
import org.coppercube.collector.bacnet.message.Failures;
import org.coppercube.collector.bacnet.message.Station;
import org.coppercube.collector.bacnet.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the link open: anew when it cannot be had, when our address goes or changes, and when BACnet4J hangs. Changed
 * in the loop, used by anybody.
 */
final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final Duration REOPEN = Duration.ofSeconds(5);

    private final Settings settings;
    private final Machine machine;
    private final Loop loop;
    private final Dropped dropped;
    private final Hosts hosts;
    private final Bbmds bbmds;
    private final Map<InetSocketAddress, InetSocketAddress> named = new ConcurrentHashMap<>(); // devices, by address
    private Inlet.Listener listener;
    private Runnable opened;
    private IntConsumer moved;
    private volatile Set<UdpPort> inbound = Set.of();
    private volatile FencedLink link;
    private volatile OwnDevice own;
    private volatile String trouble = "";

    Connection(Settings settings, Machine machine, Loop loop, Dropped dropped) {
        this.settings = settings;
        this.machine = machine;
        this.loop = loop;
        this.dropped = dropped;
        this.hosts = new Hosts(settings.name(), machine.names(), loop);
        this.bbmds = new Bbmds(settings.name(), settings.bbmds(), settings.bbmdSeconds(), System::nanoTime);
    }

    /**
     * Begins.
     *
     * @param opened done whenever the link is open
     * @param moved told when a device that is configured by name is somewhere else than before
     */
    void start(Inlet.Listener listener, Runnable opened, IntConsumer moved) {
        this.listener = listener;
        this.opened = opened;
        this.moved = moved;
        open();
    }

    private void open() {
        try {
            bbmds.startAgain();
            link = new FencedLink(attachment(), settings, bbmds, dropped, listener);
            own = new OwnDevice(settings.deviceInstance(), link, dropped);
            trouble = "";
            settings.bbmds().forEach(this::lookUpBbmd);
            settings.devices().forEach(this::lookUpDevice);
            tellInbound();
            opened.run();
        } catch (IOException | RuntimeException e) { // BACnet4J's are undeclared
            closeLink();
            String why = Failures.message(e);
            if (!why.equals(trouble)) {
                LOG.warn("Network {} cannot be opened ({}); trying again every {} s", settings.name(), why,
                        REOPEN.toSeconds());
            }
            trouble = why;
            loop.schedule(this::open, REOPEN);
        }
    }

    private Attachment attachment() throws IOException {
        try {
            return machine.attachments().find(settings.networkInterface());
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "; see interface in " + settings.file(), e);
        }
    }

    private void closeLink() {
        if (link != null) {
            link.close();
            link = null;
        }
        if (own != null) {
            own.close();
            own = null;
        }
        tellInbound();
    }

    /** BACnet4J's only thread may hang, our address may go, and so may a host that is away. @param silent devices */
    void watch(Set<Integer> silent) {
        if (link == null) {
            return; // it is being tried again
        }
        String reason = own.isAlive() ? gone() : "BACnet4J does not answer any more";
        if (reason.isEmpty()) {
            bbmds.away().forEach(this::lookUpBbmd);
            settings.devices().forEach((instance, station) -> {
                if (silent.contains(instance)) {
                    lookUpDevice(instance, station);
                }
            });
        } else {
            LOG.warn("Network {} is opened anew: {}", settings.name(), reason);
            closeLink();
            open();
        }
    }

    private String gone() {
        try {
            return attachment().equals(link.attachment()) ? "" : "our address has changed";
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    private void lookUpBbmd(InetSocketAddress bbmd) {
        hosts.look(bbmd, now -> {
            bbmds.moved(bbmd, now);
            tellInbound();
        });
    }

    private void lookUpDevice(int instance, Station station) {
        hosts.look(station.link(), now -> {
            named.values().remove(station.link());
            named.put(now, station.link());
            moved.accept(instance);
        });
    }

    private void tellInbound() {
        inbound = link == null ? Set.of()
                : UdpPort.needed(settings, link.attachment(), link.address().getPort(), bbmds.addresses());
        loop.offload(() -> {
            synchronized (machine) { // so that the last one who tells it tells the latest
                machine.inbound().accept(inbound);
            }
            return true;
        });
    }

    /** Sends an APDU to a device. @throws IOException if that cannot be done now */
    void send(Station to, byte[] apdu) throws IOException {
        FencedLink now = link;
        if (now == null) {
            throw new IOException("the network is down");
        }
        InetSocketAddress at = hosts.address(to.link()).orElseThrow(() -> new IOException(to.link().getHostName()
                + " cannot be resolved; see devices in " + settings.file()));
        now.send(new Station(at, to.network(), to.mac()), apdu);
    }

    /** Sends a network layer message, or both parts of one, to all who can be reached. */
    void broadcast(byte[]... npdu) {
        FencedLink now = link;
        if (now != null) {
            now.broadcast(npdu);
        }
    }

    /** Lets our own device answer. */
    void question(InetSocketAddress from, byte[] datagram, int npdu) {
        OwnDevice now = own;
        if (now != null) {
            now.question(from, datagram, npdu);
        }
    }

    /** A sender as we know him: by name where he is configured so. */
    Station known(Station sender) {
        InetSocketAddress name = sender.network() == 0 ? named.get(sender.link()) : null;
        return name == null ? sender : new Station(name);
    }

    /** Where we are, null while the link is not open. */
    InetSocketAddress address() {
        FencedLink now = link;
        return now == null ? null : now.address();
    }

    /** Why the link is not open. */
    String trouble() {
        return trouble;
    }

    /** What else is wrong: BBMDs that do not forward to us, names that nobody knows. */
    List<String> troubles() {
        List<String> troubles = new ArrayList<>(bbmds.troubles());
        missing("bbmd", settings.bbmds().stream(), troubles);
        missing("devices", settings.devices().values().stream().map(Station::link), troubles);
        return troubles;
    }

    private void missing(String key, Stream<InetSocketAddress> configured, List<String> troubles) {
        hosts.missing(configured).forEach(name -> troubles.add(settings.file() + ": " + key + ": " + name));
    }

    /** Only to be called when the loop is closed. */
    void close() {
        hosts.close();
        closeLink();
    }
}
