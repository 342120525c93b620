// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.link;

import com.serotonin.bacnet4j.LocalDevice;
import com.serotonin.bacnet4j.transport.DefaultTransport;
import com.serotonin.bacnet4j.type.constructed.ServicesSupported;
import com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier;
import com.serotonin.bacnet4j.type.enumerated.Segmentation;
import com.serotonin.bacnet4j.type.primitive.CharacterString;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The appliance as a device on the network: BACnet4J says who we are when it is asked, and does nothing else. */
public final class OwnDevice implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OwnDevice.class);
    private static final long PATIENCE_MS = 500;

    private final LibraryLink link;
    private final LocalDevice device;

    /** @throws IOException if BACnet4J cannot start; nothing is left running then */
    public OwnDevice(int instance, FencedLink fenced, Dropped dropped) throws IOException {
        link = new LibraryLink(fenced, dropped);
        device = new LocalDevice(instance, new DefaultTransport(link)) {
            /** BACnet4J's own one does not always notice that it is shut down. */
            @Override
            protected ScheduledExecutorService createScheduledExecutorService() {
                return Executors.newScheduledThreadPool(1, task -> new Thread(task, "collector-bacnet-device"));
            }
        };
        // narrowed before initialize(), so that other services are refused before their bodies are parsed
        ServicesSupported services = new ServicesSupported();
        services.setReadProperty(true);
        services.setReadPropertyMultiple(true);
        services.setWhoIs(true);
        services.setWhoHas(true);
        services.setIAm(true);
        services.setIHave(true);
        device.writePropertyInternal(PropertyIdentifier.protocolServicesSupported, services);
        device.writePropertyInternal(PropertyIdentifier.segmentationSupported, Segmentation.noSegmentation);
        device.writePropertyInternal(PropertyIdentifier.modelName, new CharacterString("CopperCube"));
        try {
            device.initialize();
        } catch (Exception e) { // BACnet4J declares no less
            close(); // a device that could not start has started a thread nevertheless
            throw new IOException("BACnet4J cannot start: " + e, e);
        }
    }

    /** Somebody asks. */
    public void question(InetSocketAddress from, byte[] datagram, int npdu) {
        link.question(from, datagram, npdu);
    }

    /** Whether it has answered our last question; asks the next. */
    public boolean isAlive() {
        return link.probe(device.getInstanceNumber());
    }

    /** Ends the library's threads; one that hangs is left behind after half a second. */
    @Override
    public void close() {
        Thread ending = new Thread(device::terminate, "collector-bacnet-terminate");
        ending.setDaemon(true);
        ending.start();
        try {
            ending.join(PATIENCE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (ending.isAlive()) {
            LOG.warn("BACnet4J did not end within {} ms; it is left behind", PATIENCE_MS);
        }
    }
}
