// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import com.serotonin.bacnet4j.LocalDevice;
import com.serotonin.bacnet4j.npdu.ip.IpNetworkBuilder;
import com.serotonin.bacnet4j.obj.AnalogInputObject;
import com.serotonin.bacnet4j.obj.BACnetObject;
import com.serotonin.bacnet4j.obj.EventLogObject;
import com.serotonin.bacnet4j.obj.TrendLogMultipleObject;
import com.serotonin.bacnet4j.obj.TrendLogObject;
import com.serotonin.bacnet4j.obj.logBuffer.ILogRecord;
import com.serotonin.bacnet4j.obj.logBuffer.LogBuffer;
import com.serotonin.bacnet4j.transport.DefaultTransport;
import com.serotonin.bacnet4j.type.constructed.BACnetArray;
import com.serotonin.bacnet4j.type.constructed.DateTime;
import com.serotonin.bacnet4j.type.constructed.DeviceObjectPropertyReference;
import com.serotonin.bacnet4j.type.constructed.LogRecord;
import com.serotonin.bacnet4j.type.constructed.ServicesSupported;
import com.serotonin.bacnet4j.type.constructed.StatusFlags;
import com.serotonin.bacnet4j.type.enumerated.EngineeringUnits;
import com.serotonin.bacnet4j.type.enumerated.PropertyIdentifier;
import com.serotonin.bacnet4j.type.primitive.CharacterString;
import com.serotonin.bacnet4j.type.primitive.ObjectIdentifier;
import com.serotonin.bacnet4j.type.primitive.Real;
import com.serotonin.bacnet4j.type.primitive.UnsignedInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A BACnet device with trend logs, played by BACnet4J itself, which answers by its own rules. */
public final class Peer implements AutoCloseable {
    public static final long START = 1_700_000_000_000L; // 2023-11-14T22:13:20Z

    /** BACnet4J's own buffer searches a linked list for each record. */
    private static final class Buffer<T extends ILogRecord> extends LogBuffer<T> {
        private final List<T> records = new ArrayList<>();

        @Override
        public int size() {
            return records.size();
        }

        @Override
        public void clear() {
            records.clear();
        }

        @Override
        public void add(T record) {
            records.add(record);
        }

        @Override
        public void remove() {
            records.remove(0);
        }

        @Override
        public T get(int index) {
            return records.get(index);
        }

        @Override
        public void validate() {
            // nobody can write it
        }
    }

    private final LocalDevice device;

    Peer(int instance, String address, int port) throws Exception {
        device = new LocalDevice(instance, new DefaultTransport(new IpNetworkBuilder().withLocalBindAddress(address)
                .withBroadcast("127.255.255.255", 8).withPort(port).withReuseAddress(true).build()));
        device.writePropertyInternal(PropertyIdentifier.objectName, new CharacterString("Plant " + instance));
        // the freezing datagrams are meant for the collector; they would stop this one too
        ServicesSupported services = new ServicesSupported();
        services.setReadProperty(true);
        services.setReadPropertyMultiple(true);
        services.setReadRange(true);
        services.setWhoIs(true);
        services.setIAm(true);
        device.writePropertyInternal(PropertyIdentifier.protocolServicesSupported, services);
        device.initialize();
    }

    LocalDevice device() {
        return device;
    }

    TrendLogObject log(int instance, int bufferSize) throws Exception {
        AnalogInputObject input = new AnalogInputObject(device, instance, "AI " + instance, 20,
                EngineeringUnits.degreesCelsius, false);
        DeviceObjectPropertyReference logged = new DeviceObjectPropertyReference(device.getInstanceNumber(),
                input.getId(), PropertyIdentifier.presentValue);
        TrendLogObject log = new TrendLogObject(device, instance, "TL " + instance, new Buffer<>(), false,
                DateTime.UNSPECIFIED, DateTime.UNSPECIFIED, logged, 6000, false, bufferSize);
        log.withPolled(60, TimeUnit.SECONDS, false, 0, TimeUnit.SECONDS); // it is not enabled, so it polls nothing
        log.writePropertyInternal(PropertyIdentifier.description, new CharacterString("Supply air " + instance));
        return log;
    }

    /** A log of several points, all of them this device's. */
    TrendLogMultipleObject multiple(int instance, int bufferSize, ObjectIdentifier... points) throws Exception {
        List<DeviceObjectPropertyReference> logged = new ArrayList<>();
        for (ObjectIdentifier point : points) {
            logged.add(new DeviceObjectPropertyReference(device.getInstanceNumber(), point,
                    PropertyIdentifier.presentValue));
        }
        return new TrendLogMultipleObject(device, instance, "TLM " + instance, new Buffer<>(), false,
                DateTime.UNSPECIFIED, DateTime.UNSPECIFIED, new BACnetArray<>(logged), 6000, false, bufferSize)
                .withPolled(60, TimeUnit.SECONDS, false, 0, TimeUnit.SECONDS);
    }

    EventLogObject events(int instance, int bufferSize) throws Exception {
        return new EventLogObject(device, instance, "EL " + instance, new Buffer<>(), false, DateTime.UNSPECIFIED,
                DateTime.UNSPECIFIED, false, bufferSize);
    }

    /** Adds a record, whose number is right, to a log of any kind. */
    static <T extends ILogRecord> void add(BACnetObject log, LogBuffer<T> buffer, T record) {
        buffer.add(record);
        log.writePropertyInternal(PropertyIdentifier.recordCount, new UnsignedInteger(buffer.size()));
        log.writePropertyInternal(PropertyIdentifier.totalRecordCount, new UnsignedInteger(buffer.size()));
    }

    static long total(TrendLogObject log) {
        return ((UnsignedInteger) log.get(PropertyIdentifier.totalRecordCount)).longValue();
    }

    /** The log starts again at record 1, as after an exchange of the controller. */
    static void empty(TrendLogObject log) {
        synchronized (log.getBuffer()) {
            log.writePropertyInternal(PropertyIdentifier.recordCount, UnsignedInteger.ZERO); // which adds a record
            log.getBuffer().clear();
            log.writePropertyInternal(PropertyIdentifier.totalRecordCount, UnsignedInteger.ZERO);
        }
    }

    /** Adds records of one value each, a minute apart. */
    static void addReals(TrendLogObject log, int count, long start) {
        for (int i = 0; i < count; i++) {
            long sequence = total(log) + 1;
            add(log, new LogRecord(new DateTime(start + sequence * 60_000), false, new Real(sequence / 8f),
                    new StatusFlags(false, false, sequence % 2 == 0, false)));
        }
    }

    static void add(TrendLogObject log, LogRecord record) {
        synchronized (log.getBuffer()) {
            if (log.getBuffer().size() == ((UnsignedInteger) log.get(PropertyIdentifier.bufferSize)).intValue()) {
                log.getBuffer().remove();
            }
            long sequence = total(log) + 1;
            record.setSequenceNumber(sequence);
            log.getBuffer().add(record);
            tellTotal(log, sequence);
        }
    }

    /** What the log says its newest record is. */
    static void tellTotal(TrendLogObject log, long sequence) {
        log.writePropertyInternal(PropertyIdentifier.recordCount, new UnsignedInteger(log.getBuffer().size()));
        log.writePropertyInternal(PropertyIdentifier.totalRecordCount, new UnsignedInteger(sequence));
    }

    @Override
    public void close() {
        device.terminate();
    }
}
