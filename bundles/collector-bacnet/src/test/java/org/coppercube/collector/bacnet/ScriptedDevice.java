// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.coppercube.collector.bacnet.link.Frames;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.Part;
import org.coppercube.collector.bacnet.message.PropertyRef;
import org.coppercube.collector.bacnet.message.Questions;
import org.coppercube.collector.bacnet.message.Tags;

/** A device whose every property a test may set, that may fall silent, says where it is, and keeps what it is asked. */
public final class ScriptedDevice implements AutoCloseable {
    private static final byte[] RECORD = Hex.bytes("0ea47b0b0e02b4161400000f1e2c3f8000001f2a0400");

    private final DatagramSocket socket;
    private final int instance;
    private final Map<PropertyRef, Supplier<byte[]>> properties = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<byte[]> asked = new ConcurrentLinkedQueue<>();
    private final AtomicInteger misses = new AtomicInteger();
    private final Thread thread = new Thread(this::serve, "device");
    private volatile int maxApdu;
    private volatile byte[] madeAt = Arrays.copyOfRange(RECORD, 2, 11);
    private volatile boolean silent;
    private volatile boolean takesLists = true;
    private volatile Set<ObjectId> dumb = Set.of();

    public ScriptedDevice(int instance, String address, int port, String name, int vendor) throws IOException {
        this.instance = instance;
        socket = new DatagramSocket(new InetSocketAddress(address, port));
        socket.setBroadcast(true);
        ObjectId device = ObjectId.device(instance);
        set(device, PropertyRef.OBJECT_NAME, text(name));
        set(device, PropertyRef.VENDOR_IDENTIFIER, unsigned(vendor));
        answersWithin(Questions.LONGEST_ANSWER);
        logs(0);
        thread.start();
    }

    public void set(ObjectId object, int property, byte[] value) {
        properties.put(new PropertyRef(object, property), () -> value);
    }

    /** It does not tell this any more. */
    public void hide(PropertyRef ref) {
        properties.remove(ref);
    }

    /** From now on it has the logs 1 to so many; what new ones are like others may say. */
    public void logs(int count) {
        List<ObjectId> logs = IntStream.rangeClosed(1, count).mapToObj(ScriptedDevice::log).toList();
        ByteBuffer list = ByteBuffer.allocate(5 * (count + 1)).put(objectId(ObjectId.device(instance)));
        for (ObjectId log : logs) {
            list.put(objectId(log));
            set(log, PropertyRef.OBJECT_IDENTIFIER, objectId(log));
            properties.putIfAbsent(new PropertyRef(log, PropertyRef.TOTAL_RECORD_COUNT), () -> unsigned(0));
            properties.putIfAbsent(new PropertyRef(log, PropertyRef.RECORD_COUNT), () -> unsigned(0));
        }
        set(ObjectId.device(instance), PropertyRef.OBJECT_LIST, list.array());
        properties.put(new PropertyRef(ObjectId.device(instance), PropertyRef.OBJECT_LIST, 0),
                () -> unsigned(count + 1));
    }

    public static ObjectId log(int number) {
        return new ObjectId(ObjectId.TREND_LOG, number);
    }

    /** What a log says. */
    public void log(int number, long total, long bufferSize, Duration interval) {
        set(log(number), PropertyRef.TOTAL_RECORD_COUNT, unsigned(total));
        set(log(number), PropertyRef.RECORD_COUNT, unsigned(Math.min(total, bufferSize)));
        set(log(number), PropertyRef.BUFFER_SIZE, unsigned(bufferSize));
        set(log(number), PropertyRef.LOG_INTERVAL, unsigned(interval.toMillis() / 10));
    }

    /** Its clock is so far ahead of ours. */
    public void clock(ZoneId zone, Duration ahead) {
        ObjectId device = ObjectId.device(instance);
        properties.put(new PropertyRef(device, PropertyRef.LOCAL_DATE), () -> {
            LocalDateTime now = LocalDateTime.now(zone).plus(ahead);
            return new byte[] {(byte) 0xA4, (byte) (now.getYear() - 1900), (byte) now.getMonthValue(),
                    (byte) now.getDayOfMonth(), (byte) now.getDayOfWeek().getValue()};
        });
        properties.put(new PropertyRef(device, PropertyRef.LOCAL_TIME), () -> {
            LocalDateTime now = LocalDateTime.now(zone).plus(ahead);
            return new byte[] {(byte) 0xB4, (byte) now.getHour(), (byte) now.getMinute(), (byte) now.getSecond(),
                    (byte) (now.getNano() / 10_000_000)};
        });
    }

    /** When what it gives from now on was made. */
    public void madeAt(LocalDateTime time) {
        madeAt = new byte[] {(byte) (time.getYear() - 1900), (byte) time.getMonthValue(), (byte) time.getDayOfMonth(),
            (byte) time.getDayOfWeek().getValue(), (byte) 0xB4, (byte) time.getHour(), (byte) time.getMinute(),
            (byte) time.getSecond(), 0};
    }

    public void silent(boolean silent) {
        this.silent = silent;
    }

    public void answersWithin(int bytes) {
        maxApdu = bytes;
        set(ObjectId.device(instance), PropertyRef.MAX_APDU, unsigned(bytes));
    }

    /** So many of the next questions are lost. */
    public void misses(int questions) {
        misses.set(questions);
    }

    /** Whether it knows ReadPropertyMultiple. */
    public void takesLists(boolean takesLists) {
        this.takesLists = takesLists;
    }

    /** It answers nothing when the records of these logs are read. */
    public void dumb(ObjectId... logs) {
        dumb = Set.of(logs);
    }

    /** It does not have this object, though it lists it. */
    public void without(ObjectId object) {
        properties.keySet().removeIf(property -> property.object().equals(object));
    }

    /** How many questions came. */
    public int asked() {
        return asked.size();
    }

    public int asked(int service) {
        return (int) asked.stream().filter(request -> request[3] == service).count();
    }

    public void forgetQuestions() {
        asked.clear();
    }

    /** Says to all at the port where it is. */
    public void announce() throws IOException {
        byte[] iAm = Frames.wrap(Frames.BROADCAST, new byte[] {1, 0}, new byte[] {0x10, 0},
                objectId(ObjectId.device(instance)), Hex.bytes("2205c49103210f")).array();
        socket.send(new DatagramPacket(iAm, iAm.length,
                new InetSocketAddress("127.255.255.255", socket.getLocalPort())));
    }

    private void serve() {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        try {
            while (!socket.isClosed()) {
                socket.receive(packet);
                byte[] request = Arrays.copyOfRange(packet.getData(), 6, packet.getLength());
                asked.add(request);
                boolean missed = misses.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
                byte[] answer = silent || missed ? null : answer(request);
                if (answer != null) {
                    answer = Frames.wrap(Frames.UNICAST, new byte[] {1, 0}, answer).array();
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            }
        } catch (SocketException e) {
            return; // the test is over
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] answer(byte[] request) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(65_536).put((byte) 0x30).put(request[2]).put(request[3]);
        Tags tags = new Part(request, 4, request.length).tags();
        if (request[3] == Questions.READ_PROPERTY_MULTIPLE && !takesLists) {
            return new byte[] {0x60, request[2], 9};
        }
        switch (request[3]) {
            case Questions.READ_PROPERTY -> {
                ObjectId object = tags.context(0).objectId();
                int property = (int) tags.context(1).unsigned();
                Supplier<byte[]> value = properties.get(new PropertyRef(object, property,
                        tags.nextIsContext(2) ? (int) tags.content().unsigned() : PropertyRef.WHOLE));
                if (value == null) {
                    return new byte[] {0x50, request[2], request[3], (byte) 0x91, 2, (byte) 0x91, 32};
                }
                out.put(request, 4, request.length - 4).put((byte) 0x3E).put(value.get()).put((byte) 0x3F);
            }
            case Questions.READ_PROPERTY_MULTIPLE -> {
                while (tags.more()) {
                    ObjectId object = tags.context(0).objectId();
                    out.put((byte) 0x0C).putInt(object.type() << 22 | object.instance()).put((byte) 0x1E);
                    for (Tags list = tags.pair(1).tags(); list.more();) {
                        int property = (int) list.context(0).unsigned();
                        int index = list.nextIsContext(1) ? (int) list.content().unsigned() : PropertyRef.WHOLE;
                        Supplier<byte[]> value = properties.get(new PropertyRef(object, property, index));
                        out.put((byte) 0x29).put((byte) property);
                        out.put(index == PropertyRef.WHOLE ? new byte[0] : new byte[] {0x39, (byte) index});
                        out.put(value == null ? Hex.bytes("5e910291205f") : new byte[] {0x4E});
                        out.put(value == null ? new byte[0] : value.get());
                        out.put(value == null ? new byte[0] : new byte[] {0x4F});
                    }
                    out.put((byte) 0x1F);
                }
            }
            default -> {
                ObjectId log = tags.context(0).objectId();
                if (dumb.contains(log)) {
                    return null;
                }
                tags.context(1);
                Tags range = tags.pair(6).tags();
                long first = range.application(2).unsigned();
                long from = number(log, PropertyRef.TOTAL_RECORD_COUNT) - first + 1; // so many from the newest
                long count = from > number(log, PropertyRef.RECORD_COUNT) ? 0
                        : Math.max(0, Math.min(range.application(3).signed(), from));
                out.put(request, 4, 7).put(Hex.bytes("3a050049")).put((byte) count).put((byte) 0x5E);
                for (int i = 0; i < count; i++) {
                    out.put(RECORD, 0, 2).put(madeAt).put(RECORD, 11, RECORD.length - 11);
                }
                out.put((byte) 0x5F).put(count == 0 ? new byte[0] : new byte[] {0x6C});
                out.put(count == 0 ? new byte[0] : ByteBuffer.allocate(4).putInt((int) first).array());
            }
        }
        byte[] answer = new byte[out.flip().remaining()];
        out.get(answer);
        return answer.length <= maxApdu ? answer : new byte[] {0x71, request[2], 4};
    }

    private long number(ObjectId log, int property) throws IOException {
        return new Part(properties.get(new PropertyRef(log, property)).get()).tags().application(2).unsigned();
    }

    private static byte[] objectId(ObjectId object) {
        return ByteBuffer.allocate(5).put((byte) 0xC4).putInt(object.type() << 22 | object.instance()).array();
    }

    /** In as few bytes as can be, as a number is said (ASHRAE 135, 20.2.4). */
    public static byte[] unsigned(long value) {
        String hex = "%02x".formatted(value);
        int bytes = (hex.length() + 1) / 2;
        return Hex.bytes("2" + bytes + (hex.length() % 2 == 0 ? hex : "0" + hex));
    }

    public static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(bytes.length + 3).put((byte) 0x75).put((byte) (bytes.length + 1)).put((byte) 0)
                .put(bytes).array();
    }

    @Override
    public void close() {
        socket.close();
        Await.until("its address is free", () -> !thread.isAlive());
    }
}
