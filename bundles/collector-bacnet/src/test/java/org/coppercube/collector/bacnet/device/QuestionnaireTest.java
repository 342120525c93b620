// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.coppercube.collector.bacnet.Hex;
import org.coppercube.collector.bacnet.exchange.Contact;
import org.coppercube.collector.bacnet.exchange.Meter;
import org.coppercube.collector.bacnet.exchange.Properties;
import org.coppercube.collector.bacnet.exchange.Requests;
import org.coppercube.collector.bacnet.link.Loop;
import org.coppercube.collector.bacnet.message.Failures;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.PropertyRef;
import org.coppercube.collector.bacnet.message.Station;
import org.coppercube.collector.bacnet.settings.Courtesy;
import org.junit.After;
import org.junit.Test;

/** A device without ReadPropertyMultiple that answers so many questions, each with the number 7, and is gone then. */
public class QuestionnaireTest {
    private static final PropertyRef LIST = new PropertyRef(ObjectId.device(1), PropertyRef.OBJECT_LIST);
    private static final List<PropertyRef> TEN = IntStream.rangeClosed(1, 10).mapToObj(LIST::element).toList();
    private static final String SEVEN = "3e21073f";

    private volatile Duration now = Duration.ZERO;
    private volatile boolean refusing;
    private volatile int answers;
    private volatile int asked;
    private final Loop loop = new Loop("test");
    private final Requests requests = new Requests(loop, this::receive,
            new Courtesy(Duration.ofMinutes(5), 0, 10, 0, null), new Meter());
    private final Contact contact = new Contact(new Station(new InetSocketAddress("10.0.0.1", 47808)), 1476);
    private final Bounds bounds = new Bounds(Duration.ZERO, Duration.ZERO);
    private final Questionnaire questionnaire =
            new Questionnaire(new Properties(requests), contact, bounds, () -> now.toNanos());

    @After
    public void close() {
        loop.close();
    }

    private void receive(Station to, byte[] apdu) throws IOException {
        asked++;
        if (answers-- <= 0) {
            throw new IOException("gone");
        }
        String id = "%02x".formatted(apdu[2]);
        byte[] answer = Hex.bytes(refusing ? "50" + id + "0c" + "91029120"
                : "30" + id + "0c" + HexFormat.of().formatHex(apdu, 4, apdu.length) + SEVEN);
        loop.execute(() -> requests.answered(to, answer, 0));
    }

    private int asked(String edition, int answers, Class<? extends Exception> failure) throws Exception {
        return asked(edition, answers, failure, () -> questionnaire.read(TEN, 100));
    }

    /** How many questions one attempt took. */
    private int asked(String edition, int answers, Class<? extends Exception> failure,
            Supplier<CompletableFuture<?>> reading) throws Exception {
        this.answers = answers;
        asked = 0;
        CompletableFuture<Object> done = new CompletableFuture<>();
        loop.execute(() -> {
            contact.takesNoLists();
            questionnaire.begin(edition);
            reading.get().whenComplete((told, wrong) -> {
                if (wrong == null) {
                    done.complete(told);
                } else {
                    done.completeExceptionally(Failures.cause(wrong));
                }
            });
        });
        if (failure == null) {
            done.get(1, TimeUnit.MINUTES);
        } else {
            Throwable thrown = assertThrows(ExecutionException.class, () -> done.get(1, TimeUnit.MINUTES));
            assertEquals(failure, thrown.getCause().getClass());
        }
        return asked;
    }

    @Test
    public void goesOnWhereTheDeviceWasGone() throws Exception {
        assertEquals(5, asked("1", 4, IOException.class));
        assertEquals(3, asked("1", 2, IOException.class));
        assertEquals(4, asked("1", 10, null));
    }

    @Test
    public void beginsAnewWithADeviceThatIsAnotherOrHasOtherObjects() throws Exception {
        asked("1", 4, IOException.class);
        assertEquals(10, asked("2", 10, null));
    }

    @Test
    public void beginsAnewWhenItIsLongAgo() throws Exception {
        asked("1", 4, IOException.class);
        now = Duration.ofHours(23);
        assertEquals(3, asked("1", 2, IOException.class));
        now = Duration.ofHours(25);
        assertEquals(10, asked("1", 10, null));
    }

    @Test
    public void lastsNotForEverAndGoesOnTheNextTime() throws Exception {
        assertEquals(1, asked("1", 10, InterruptedIOException.class, () -> {
            CompletableFuture<?> reading = questionnaire.read(TEN, 100);
            now = Duration.ofMinutes(11);
            return reading;
        }));
        assertEquals(9, asked("1", 10, null));
    }

    @Test
    public void fiveThousandLogsWhoseMembersCannotBeUnderstoodAreToldAsSuch() throws Exception {
        List<ObjectId> logs = IntStream.rangeClosed(1, 5_000)
                .mapToObj(log -> new ObjectId(ObjectId.TREND_LOG_MULTIPLE, log)).toList();
        List<Description> descriptions = new CopyOnWriteArrayList<>();
        asked("1", 30_000, null, () -> new LogDescriber(questionnaire, ObjectId.device(1), "hq", ZoneOffset.UTC, "AHU")
                .describe(logs, "").whenComplete((told, wrong) -> descriptions.add(told)));
        assertTrue(logs.stream().allMatch(descriptions.get(0)::mayHave));
    }

    @Test
    public void anArrayThatWasRefusedIsAskedForAgainTheNextTime() throws Exception {
        refusing = true;
        assertEquals("the whole and its size", 2,
                asked("1", 9, ProtocolException.class, () -> questionnaire.array(LIST, 100)));
        refusing = false;
        assertEquals(1, asked("1", 9, null, () -> questionnaire.array(LIST, 100)));
    }

    @Test
    public void whatAllDevicesHaveToldIsNotMoreThanHasRoom() throws Exception {
        loop.execute(() -> IntStream.range(0, 19_998).forEach(i -> bounds.keep()));
        asked("1", 4, IOException.class);
        assertEquals("two were kept", 8, asked("1", 10, null));
        loop.execute(questionnaire::forget);
        asked("1", 4, IOException.class);
        assertEquals("their room was given back", 8, asked("1", 10, null));
    }
}
