// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.collector.bacnet.link.Frames;
import org.coppercube.collector.bacnet.message.LogRecord;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.Part;
import org.coppercube.collector.bacnet.message.PropertyRef;
import org.coppercube.collector.bacnet.message.Questions;
import org.coppercube.collector.bacnet.message.Tags;

/**
 * A device with trend logs that shows whether all goes well: every record has a time and a value of its own, so that
 * one that is lost, doubled, moved or made up is seen. It keeps to the standard wherever its script does not.
 */
final class Witness implements AutoCloseable {
    /** What a record says. */
    @FunctionalInterface
    interface Records {
        byte[] record(int log, long number);
    }

    /** What a property is said to be. */
    @FunctionalInterface
    interface Values {
        byte[] value(ObjectId object, int property, byte[] right);
    }

    /** Sequence numbers go from 1 to 2^32 - 1 and then begin at 1 again (ASHRAE 135, 12.25.16). */
    private static final long NUMBERS = 0xFFFF_FFFFL;
    private static final int ROOM = 1430; // for records in an APDU
    private static final LocalDateTime START = LocalDateTime.of(2023, 11, 14, 0, 0);

    final int instance;
    private final int logs;
    private final DatagramSocket socket;
    private final byte[] header;
    private final AtomicInteger questions = new AtomicInteger();
    private volatile String name;
    private volatile long made;
    private volatile long gone;
    private volatile Records records = (log, number) -> real(time(number), value(log, number));
    private volatile Values values = (object, property, right) -> right;
    private volatile BinaryOperator<byte[]> script = (question, answer) -> answer;

    Witness(int instance, int logs, String address, int port) throws IOException {
        this(instance, logs, new InetSocketAddress(address, port), new byte[] {1, 0});
    }

    /** @param header network layer's header of what it says; another one than 01 00 if it is behind a router */
    Witness(int instance, int logs, InetSocketAddress at, byte[] header) throws IOException {
        this.instance = instance;
        this.logs = logs;
        this.header = header;
        this.name = "Witness " + instance;
        this.socket = new DatagramSocket(at);
        socket.setBroadcast(true);
        new Thread(this::serve, "witness").start();
    }

    /** As the configuration wants it. */
    String place() {
        return instance + "@" + socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    void call(String name) {
        this.name = name;
    }

    /** From now on each log has so many records more. */
    void grow(int records) {
        made += records;
    }

    /** From now on so many of the first are overwritten. */
    void overwrite(long records) {
        gone = records;
    }

    /** Is exchanged: everything is gone, and what comes is numbered from 1. */
    void restart() {
        made = 0;
        gone = 0;
    }

    void write(Records records) {
        this.records = records;
    }

    /** @param values makes of the right value of a property the one to tell, in application tags; null for none */
    void tell(Values values) {
        this.values = values;
    }

    /** @param script makes of a question (its APDU) and the right answer the one to send; null for none */
    void follow(BinaryOperator<byte[]> script) {
        this.script = script;
    }

    long made() {
        return made;
    }

    /** How often it was asked anything. */
    int questions() {
        return questions.get();
    }

    static LocalDateTime time(long number) {
        return START.plusMinutes(number);
    }

    /** No two records of one device have the same. */
    static float value(int log, long number) {
        return (log << 18 | number & 0x3FFFF) / 8f;
    }

    /** How its record is to be archived. */
    static Sample sample(int log, long number, ZoneId zone) {
        ZoneOffset offset = zone.getRules().getOffset(time(number));
        return new Sample(number, Sample.hundredths(time(number).toInstant(offset)), offset.getTotalSeconds() / 60,
                Sample.TimeSource.RECORD, 0, new Reading.Real(value(log, number)));
    }

    static byte[] real(LocalDateTime time, float value) {
        return record(time, ByteBuffer.allocate(5).put((byte) 0x2C).putFloat(value).array());
    }

    /** @param datum the choice with its tag */
    static byte[] record(LocalDateTime time, byte... datum) {
        return join(new byte[] {0x0E}, date(time), clock(time), new byte[] {0x0F, 0x1E}, datum, new byte[] {0x1F});
    }

    private static byte[] date(LocalDateTime time) {
        return new byte[] {(byte) 0xA4, (byte) (time.getYear() - 1900), (byte) time.getMonthValue(),
            (byte) time.getDayOfMonth(), (byte) time.getDayOfWeek().getValue()};
    }

    private static byte[] clock(LocalDateTime time) {
        return new byte[] {(byte) 0xB4, (byte) time.getHour(), (byte) time.getMinute(), (byte) time.getSecond(),
            (byte) (time.getNano() / 10_000_000)};
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }

    /** Its I-Am. */
    byte[] iAm() {
        return ByteBuffer.allocate(15).put(Hex.bytes("1000c4")).putInt(ObjectId.DEVICE << 22 | instance)
                .put(Hex.bytes("2205c4" + "9103" + "2163")).flip().array();
    }

    /** Says anything from its own address. */
    void say(byte[] apdu, InetSocketAddress to) throws IOException {
        byte[] frame = Frames.wrap(Frames.UNICAST, header, apdu).array();
        socket.send(new DatagramPacket(frame, frame.length, to));
    }

    private void serve() {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        try {
            for (;;) {
                socket.receive(packet);
                byte[] frame = Arrays.copyOf(packet.getData(), packet.getLength());
                int apdu = begin(frame);
                if (apdu > 0 && frame[apdu] == 0) {
                    questions.incrementAndGet();
                    byte[] question = Arrays.copyOfRange(frame, apdu, frame.length);
                    byte[] answer = script.apply(question, answer(question));
                    if (answer != null) {
                        say(answer, (InetSocketAddress) packet.getSocketAddress());
                    }
                }
            }
        } catch (SocketException e) {
            return; // the test is over
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Where a question to this device begins; 0 if it is for nobody here. */
    private int begin(byte[] frame) {
        boolean routed = header[1] != 0;
        return frame.length < 10 || frame[1] != Frames.UNICAST || (frame[5] & 0x20) != 0 != routed ? 0
                : routed ? 10 + frame[8] : 6;
    }

    private byte[] answer(byte[] question) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x30, question[2], question[3]});
        Tags tags = new Part(question, 4, question.length).tags();
        switch (question[3]) {
            case Questions.READ_PROPERTY -> {
                ObjectId object = tags.context(0).objectId();
                int property = (int) tags.context(1).unsigned();
                byte[] value = told(object, property, tags.nextIsContext(2) ? (int) tags.content().unsigned() : -1);
                if (value == null) {
                    return new byte[] {0x50, question[2], question[3], (byte) 0x91, 2, (byte) 0x91, 32};
                }
                out.writeBytes(join(Arrays.copyOfRange(question, 4, question.length), pair(3, value)));
            }
            case Questions.READ_PROPERTY_MULTIPLE -> {
                while (tags.more()) {
                    ObjectId object = tags.context(0).objectId();
                    ByteArrayOutputStream results = new ByteArrayOutputStream();
                    for (Tags list = tags.pair(1).tags(); list.more();) {
                        int property = (int) list.context(0).unsigned();
                        int index = list.nextIsContext(1) ? (int) list.content().unsigned() : -1;
                        byte[] value = told(object, property, index);
                        results.writeBytes(new byte[] {0x2A, (byte) (property >> 8), (byte) property});
                        results.writeBytes(index < 0 ? new byte[0]
                                : new byte[] {0x3A, (byte) (index >> 8), (byte) index});
                        results.writeBytes(value == null ? Hex.bytes("5e910291205f") : pair(4, value));
                    }
                    out.writeBytes(identifier((byte) 0x0C, object));
                    out.writeBytes(pair(1, results.toByteArray()));
                }
            }
            case Questions.READ_RANGE -> out.writeBytes(range(tags));
            default -> {
                return new byte[] {0x60, question[2], 9}; // Reject: unrecognized service
            }
        }
        byte[] answer = out.toByteArray();
        return answer.length <= 1476 ? answer : new byte[] {0x71, question[2], 4}; // segmentation not supported
    }

    /** ReadRange by position, by sequence number or by time (ASHRAE 135, 15.8). */
    private byte[] range(Tags tags) throws ProtocolException {
        ObjectId log = tags.context(0).objectId();
        tags.context(1);
        tags.next();
        boolean position = tags.isOpening(3);
        boolean time = tags.isOpening(7);
        Tags range = tags.rest().tags();
        LocalDateTime reference = time ? LogRecord.time(range) : null;
        long wanted = time ? 0 : range.application(2).unsigned();
        int count = (int) range.application(3).signed();
        LongStream held = LongStream.rangeClosed(gone + 1, made);
        LongStream found = position ? held.filter(at -> at - gone == wanted)
                : !time ? LongStream.of(Math.floorMod(wanted - 1, NUMBERS) + 1)
                        .filter(at -> at > gone && at <= made)
                : held.filter(at -> Integer.signum(shown(log, at).compareTo(reference)) == Integer.signum(count));
        long begin = count > 0 ? found.findFirst().orElse(made + 1) : found.max().orElse(gone) + count + 1;
        long first = Math.max(gone + 1, begin);
        long end = Math.min(made, begin + Math.abs(count) - 1L);
        ByteArrayOutputStream items = new ByteArrayOutputStream();
        long next = first;
        while (next <= end && (next == first || items.size() + record(log, next).length <= ROOM)) {
            items.writeBytes(record(log, next++));
        }
        int flags = next == first ? 0 : (first == gone + 1 ? 0x80 : 0) | (next > made ? 0x40 : 0)
                | (next <= end ? 0x20 : 0);
        byte[] number = next == first || position ? new byte[0]
                : ByteBuffer.allocate(5).put((byte) 0x6C).putInt((int) number(first)).array();
        return join(identifier((byte) 0x0C, log), Hex.bytes("1983" + "3a05%02x".formatted(flags)),
                new byte[] {0x49, (byte) (next - first)}, pair(5, items.toByteArray()), number);
    }

    private byte[] record(ObjectId log, long record) {
        return records.record(log.instance(), number(record));
    }

    private long number(long record) {
        return (record - 1) % NUMBERS + 1;
    }

    private LocalDateTime shown(ObjectId log, long record) {
        try {
            LocalDateTime time = LogRecord.time(new Part(record(log, record)).tags().pair(0).tags());
            return time == null ? LocalDateTime.MIN : time;
        } catch (ProtocolException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] told(ObjectId object, int property, int index) {
        return values.value(object, property, value(object, property, index));
    }

    private byte[] value(ObjectId object, int property, int index) {
        boolean device = object.equals(ObjectId.device(instance));
        if (!device && (object.type() != ObjectId.TREND_LOG || object.instance() > logs)) {
            return null;
        }
        return switch (property) {
            case PropertyRef.OBJECT_NAME -> text(device ? name : "Log " + object.instance());
            case PropertyRef.DESCRIPTION -> text("");
            case 75 -> identifier((byte) 0xC4, object);
            case 79 -> new byte[] {(byte) 0x91, (byte) object.type()};
            default -> device ? ofDevice(property, index) : ofLog(property);
        };
    }

    private byte[] ofDevice(int property, int index) {
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
        return switch (property) {
            case 56 -> date(now);
            case 57 -> clock(now);
            case PropertyRef.MAX_APDU -> unsigned(1476);
            case 107 -> new byte[] {(byte) 0x91, 3}; // no segmentation
            case 120 -> unsigned(99);
            case 139 -> unsigned(14);
            case PropertyRef.OBJECT_LIST -> objects(index);
            default -> null;
        };
    }

    private byte[] ofLog(int property) {
        return switch (property) {
            case PropertyRef.RECORD_COUNT -> unsigned(made - gone);
            case PropertyRef.TOTAL_RECORD_COUNT -> unsigned(made == 0 ? 0 : number(made));
            case PropertyRef.BUFFER_SIZE -> unsigned(100_000);
            case PropertyRef.LOG_INTERVAL -> unsigned(6000);
            case 133 -> new byte[] {0x11}; // enabled
            default -> null;
        };
    }

    private byte[] objects(int index) {
        byte[][] list = IntStream.rangeClosed(0, logs).mapToObj(log -> identifier((byte) 0xC4,
                log == 0 ? ObjectId.device(instance) : new ObjectId(ObjectId.TREND_LOG, log))).toArray(byte[][]::new);
        return index < 0 ? join(list) : index == 0 ? unsigned(list.length) : list[index - 1];
    }

    private static byte[] identifier(byte tag, ObjectId object) {
        return ByteBuffer.allocate(5).put(tag).putInt(object.type() << 22 | object.instance()).array();
    }

    private static byte[] unsigned(long value) {
        return ByteBuffer.allocate(5).put((byte) 0x24).putInt((int) value).array();
    }

    private static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return join(new byte[] {0x75, (byte) (bytes.length + 1), 0}, bytes);
    }

    private static byte[] pair(int tag, byte[] content) {
        return join(new byte[] {(byte) (tag << 4 | 0x0E)}, content, new byte[] {(byte) (tag << 4 | 0x0F)});
    }

    @Override
    public void close() {
        socket.close();
    }
}
