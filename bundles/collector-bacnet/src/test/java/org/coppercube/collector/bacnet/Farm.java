// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.coppercube.collector.bacnet.link.Frames;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.Part;
import org.coppercube.collector.bacnet.message.PropertyRef;
import org.coppercube.collector.bacnet.message.Questions;
import org.coppercube.collector.bacnet.message.Tags;

/**
 * Devices that answer by a script, wrongly where a test wants that: 127.1.0.1 and up, instances 1 and up, each with the
 * same logs 1 and up, each of those with the same records.
 */
public final class Farm implements AutoCloseable {
    private static final byte[] RECORD = Hex.bytes("0ea47b0b0e02b4161400000f1e2c3f8000001f2a0400");

    private final List<String> acknowledgements = new CopyOnWriteArrayList<>();
    private final Selector selector = Selector.open();
    private final int port;
    private volatile int logs;
    private volatile int records;
    private volatile int overwritten;
    private final BinaryOperator<byte[]> script;
    private final Thread thread = new Thread(this::serve, "farm");

    /** @param script makes of a request (its APDU) and the right answer the one to send; null for none */
    public Farm(int devices, int logs, int records, int port, BinaryOperator<byte[]> script) throws IOException {
        this.port = port;
        this.logs = logs;
        this.records = records;
        this.script = script;
        for (int i = 1; i <= devices; i++) {
            DatagramChannel channel = DatagramChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
            channel.bind(address(i, port));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, i);
        }
        thread.start();
    }

    /** From now on each log has so many records. */
    void grow(int records) {
        this.records = records;
    }

    /** From now on there are so many logs. */
    void keep(int logs) {
        this.logs = logs;
    }

    /** From now on so many of the first are gone. */
    void overwrite(int records) {
        this.overwritten = records;
    }

    /** Sends a network layer message from a device's address. */
    void send(int device, InetSocketAddress to, byte[] npdu) throws IOException {
        for (SelectionKey key : selector.keys()) {
            if (key.attachment().equals(device)) {
                ((DatagramChannel) key.channel()).send(Frames.wrap(Frames.UNICAST, npdu), to);
            }
        }
    }

    /** The simple acks that have come, in hexadecimal. */
    List<String> acknowledgements() {
        return acknowledgements;
    }

    private static InetSocketAddress address(int instance, int port) throws UnknownHostException {
        byte[] address = {127, 1, (byte) (instance >> 8), (byte) instance};
        return new InetSocketAddress(InetAddress.getByAddress(address), port);
    }

    /** As the configuration wants it. */
    public String list() {
        return IntStream.rangeClosed(1, selector.keys().size())
                .mapToObj(i -> i + "@127.1." + (i >> 8) + "." + (i & 255) + ":" + port)
                .collect(Collectors.joining(","));
    }

    private void serve() {
        ByteBuffer in = ByteBuffer.allocate(2048);
        try {
            while (selector.isOpen()) {
                selector.select(key -> {
                    DatagramChannel channel = (DatagramChannel) key.channel();
                    try {
                        for (SocketAddress from; (from = channel.receive(in.clear())) != null;) {
                            byte[] request = new byte[in.flip().remaining() - 6];
                            in.position(6).get(request);
                            if (request[0] == 0x20) {
                                acknowledgements.add(HexFormat.of().formatHex(request));
                                continue;
                            }
                            byte[] answer = script.apply(request, answer((Integer) key.attachment(), request));
                            if (answer != null) {
                                channel.send(Frames.wrap(Frames.UNICAST, new byte[] {1, 0}, answer), from);
                            }
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        } catch (ClosedSelectorException e) {
            return; // the test is over
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] answer(int device, byte[] request) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(65_536).put((byte) 0x30).put(request[2]).put(request[3]);
        Tags tags = new Part(request, 4, request.length).tags();
        switch (request[3]) {
            case Questions.READ_PROPERTY -> {
                Part object = tags.context(0);
                Part property = tags.context(1);
                int index = tags.nextIsContext(2) ? (int) tags.content().unsigned() : -1;
                byte[] value = value(device, object.objectId(), (int) property.unsigned(), index);
                if (value == null) {
                    return new byte[] {0x50, request[2], request[3], (byte) 0x91, 2, (byte) 0x91, 32};
                }
                out.put(request, 4, request.length - 4).put((byte) 0x3E).put(value).put((byte) 0x3F);
            }
            case Questions.READ_PROPERTY_MULTIPLE -> {
                while (tags.more()) {
                    Part object = tags.context(0);
                    out.put((byte) 0x0C).putInt((int) object.unsigned()).put((byte) 0x1E);
                    for (Tags list = tags.pair(1).tags(); list.more();) {
                        int property = (int) list.context(0).unsigned();
                        int index = list.nextIsContext(1) ? (int) list.content().unsigned() : -1;
                        byte[] value = value(device, object.objectId(), property, index);
                        out.put((byte) 0x29).put((byte) property);
                        if (index >= 0) {
                            out.put((byte) 0x3A).putShort((short) index);
                        }
                        if (value == null) {
                            out.put(Hex.bytes("5e910291205f"));
                        } else {
                            out.put((byte) 0x4E).put(value).put((byte) 0x4F);
                        }
                    }
                    out.put((byte) 0x1F);
                }
            }
            case Questions.READ_RANGE -> {
                tags.context(0);
                tags.context(1);
                if (!tags.next().isOpening(6)) {
                    return new byte[] {0x50, request[2], request[3], (byte) 0x91, 5, (byte) 0x91, 0}; // by sequence only
                }
                Tags range = tags.rest().tags();
                int first = (int) range.application(2).unsigned();
                int held = first <= overwritten ? 0 : records - first + 1;
                int count = Math.max(0, Math.min((int) range.application(3).signed(), held));
                out.put(request, 4, 7).put(Hex.bytes("3a050049")).put((byte) count).put((byte) 0x5E);
                for (int i = 0; i < count; i++) {
                    out.put(RECORD);
                }
                out.put((byte) 0x5F);
                if (count > 0) {
                    out.put((byte) 0x6C).putInt(first);
                }
            }
            default -> {
                return new byte[] {0x60, request[2], 9}; // unrecognized service
            }
        }
        byte[] answer = new byte[out.flip().remaining()];
        out.get(answer);
        boolean fits = answer.length <= Questions.LONGEST_ANSWER;
        return fits ? answer : new byte[] {0x71, request[2], 4}; // segmentation not supported
    }

    private byte[] value(int device, ObjectId object, int property, int index) {
        if (object.type() == ObjectId.TREND_LOG && object.instance() > logs) {
            return null;
        }
        return switch (property) {
            case PropertyRef.OBJECT_NAME, PropertyRef.DESCRIPTION ->
                text(object.type() == ObjectId.DEVICE ? "Device " + device : "Log " + object.instance());
            case PropertyRef.OBJECT_IDENTIFIER -> ByteBuffer.allocate(5).put((byte) 0xC4)
                    .putInt(object.type() << 22 | object.instance()).array();
            case PropertyRef.MAX_APDU -> unsigned(1476);
            case PropertyRef.OBJECT_LIST -> objects(index);
            case PropertyRef.RECORD_COUNT -> unsigned(records - overwritten);
            case PropertyRef.TOTAL_RECORD_COUNT, PropertyRef.BUFFER_SIZE -> unsigned(records);
            case PropertyRef.LOGGED_PROPERTY -> Hex.bytes("0c00000001" + "1c80000000"); // which does not exist
            case PropertyRef.LOG_INTERVAL -> unsigned(6000);
            default -> null;
        };
    }

    private byte[] objects(int index) {
        List<Integer> list = new ArrayList<>(List.of(ObjectId.DEVICE << 22 | 1));
        IntStream.rangeClosed(1, logs).forEach(log -> list.add(ObjectId.TREND_LOG << 22 | log));
        if (index == 0) {
            return unsigned(list.size());
        }
        ByteBuffer value = ByteBuffer.allocate(5 * list.size());
        for (int object : index < 0 ? list : list.subList(index - 1, index)) {
            value.put((byte) 0xC4).putInt(object);
        }
        return Arrays.copyOf(value.array(), value.position());
    }

    private static byte[] unsigned(int value) {
        return ByteBuffer.allocate(5).put((byte) 0x24).putInt(value).array();
    }

    private static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(bytes.length + 3).put((byte) 0x75).put((byte) (bytes.length + 1)).put((byte) 0)
                .put(bytes).array();
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
