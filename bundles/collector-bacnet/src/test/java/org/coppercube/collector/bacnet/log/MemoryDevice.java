// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;
import org.coppercube.api.archive.ArchiveIntake;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.Hex;
import org.coppercube.collector.bacnet.device.ClockWatch;
import org.coppercube.collector.bacnet.device.Greeting;
import org.coppercube.collector.bacnet.device.Visit;
import org.coppercube.collector.bacnet.exchange.Contact;
import org.coppercube.collector.bacnet.exchange.Meter;
import org.coppercube.collector.bacnet.exchange.Properties;
import org.coppercube.collector.bacnet.exchange.Requests;
import org.coppercube.collector.bacnet.link.Loop;
import org.coppercube.collector.bacnet.message.Failures;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.Part;
import org.coppercube.collector.bacnet.message.PropertyRef;
import org.coppercube.collector.bacnet.message.Questions;
import org.coppercube.collector.bacnet.message.Station;
import org.coppercube.collector.bacnet.message.Tags;
import org.coppercube.collector.bacnet.settings.Courtesy;

/** A device in memory that is visited as others are over the network. All it does, it does in the loop. */
final class MemoryDevice implements AutoCloseable {
    private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");
    private static final String NAME = "Plant";

    private final Loop loop = new Loop("memory");
    private final Requests requests = new Requests(loop, this::receive,
            new Courtesy(Duration.ofMillis(10), 4, 200, 0, null), new Meter());
    private final Contact contact = new Contact(new Station(new InetSocketAddress("127.0.41.1", 1)), 1476);
    private final Means means;
    private final Map<ObjectId, RingLog> logs = new LinkedHashMap<>();
    private final List<CollectedLog> collected = new ArrayList<>();
    private final Greeting greeting = new Greeting(1, new ClockWatch("device 1", VIENNA));
    private BinaryOperator<byte[]> script = (request, answer) -> answer;
    private Random network = new Random(0);
    private double loss;
    private double doubles;
    private int asked;
    private int lastAsked; // its invoke id

    MemoryDevice(ArchiveIntake intake) {
        means = new Means(loop, requests, new Properties(requests), intake, new Hold(), VIENNA, new Bindings());
    }

    /** What its script makes of a request (its APDU) and the right answer is sent; null for nothing. */
    void script(BinaryOperator<byte[]> script) {
        this.script = script;
    }

    /** From now on so many of the datagrams each way are lost, and so many come twice. */
    void network(long seed, double loss, double doubles) {
        this.network = new Random(seed);
        this.loss = loss;
        this.doubles = doubles;
    }

    /** How long its answers may be, except those with records. */
    void answersWithin(int bytes) {
        contact.accepts(bytes);
    }

    /** A log that is collected. */
    RingLog log(TrendLogId id, int size, Duration interval) {
        RingLog log = logs.computeIfAbsent(ObjectId.of(id), object -> new RingLog(object, size));
        collected.add(new CollectedLog(log.object(), new TrendLog(id, id.toString(), NAME, "", null, "", VIENNA,
                interval, size), true));
        return log;
    }

    /** From now on it is visited by one that knows only what is archived. */
    void anotherCollector() {
        collected.replaceAll(log -> new CollectedLog(log.object(), log.description(), true));
    }

    List<CollectedLog> collected() {
        return collected;
    }

    CollectedLog collected(int index) {
        return collected.get(index);
    }

    /** How many ReadRange requests it has got; one that was repeated, as in a pause of the test, is one. */
    int asked() {
        return asked;
    }

    private void receive(Station to, byte[] apdu) {
        if (network.nextDouble() < loss) {
            return;
        }
        byte[] answer = script.apply(apdu, answer(apdu));
        if (answer == null || network.nextDouble() < loss) {
            return;
        }
        loop.execute(() -> requests.answered(to, answer, 0));
        if (network.nextDouble() < doubles) {
            loop.execute(() -> requests.answered(to, answer, 0));
        }
    }

    private byte[] answer(byte[] request) {
        try {
            if (request[3] == Questions.READ_RANGE) {
                asked += request[2] == lastAsked ? 0 : 1;
                lastAsked = request[2];
                byte[] answer = logs.get(new Part(request, 4, request.length).tags().context(0).objectId())
                        .answer(request);
                return answer.length <= Questions.LONGEST_ANSWER ? answer : new byte[] {0x71, request[2], 4};
            }
            ByteBuffer out = ByteBuffer.allocate(65_536).put((byte) 0x30).put(request[2]).put(request[3]);
            for (Tags tags = new Part(request, 4, request.length).tags(); tags.more();) {
                ObjectId object = tags.context(0).objectId();
                out.put((byte) 0x0C).putInt(object.type() << 22 | object.instance()).put((byte) 0x1E);
                for (Tags list = tags.pair(1).tags(); list.more();) {
                    int property = (int) list.context(0).unsigned();
                    int index = list.nextIsContext(1) ? (int) list.content().unsigned() : -1;
                    byte[] value = object.type() != ObjectId.DEVICE ? logs.get(object).value(property)
                            : property == PropertyRef.OBJECT_NAME ? Hex.bytes("7506" + "00" + "506c616e74")
                            : property == PropertyRef.DATABASE_REVISION ? Hex.bytes("2101") : null;
                    out.put((byte) 0x29).put((byte) property);
                    if (index >= 0) {
                        out.put((byte) 0x39).put((byte) index);
                    }
                    out.put(value == null ? Hex.bytes("5e910291205f")
                            : ByteBuffer.allocate(value.length + 2).put((byte) 0x4E).put(value).put((byte) 0x4F).array());
                }
                out.put((byte) 0x1F);
            }
            byte[] answer = new byte[out.flip().remaining()];
            out.get(answer);
            return answer;
        } catch (ProtocolException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Visits all its logs; null if all went well, else why not. */
    Throwable visit() throws Exception {
        return visit(collected);
    }

    /** Visits it while nothing reaches it. */
    Throwable visitInVain() throws Exception {
        network(1, 1, 0);
        Throwable failure = visit();
        network(1, 0, 0);
        return failure;
    }

    /** Visits some of its logs. */
    Throwable visit(List<CollectedLog> some) throws Exception {
        CompletableFuture<Boolean> visit = new CompletableFuture<>();
        loop.execute(() -> new Visit(means, contact, greeting, List.copyOf(some)).run()
                .whenComplete((gone, failure) -> {
                    if (failure == null) {
                        visit.complete(gone);
                    } else {
                        visit.completeExceptionally(Failures.cause(failure));
                    }
                }));
        try {
            visit.get(120, TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
