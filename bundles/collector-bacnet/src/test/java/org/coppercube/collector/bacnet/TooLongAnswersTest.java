// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.coppercube.collector.bacnet.exchange.Contact;
import org.coppercube.collector.bacnet.exchange.Meter;
import org.coppercube.collector.bacnet.exchange.Requests;
import org.coppercube.collector.bacnet.link.Loop;
import org.coppercube.collector.bacnet.message.Part;
import org.coppercube.collector.bacnet.message.Questions;
import org.coppercube.collector.bacnet.message.Refused;
import org.coppercube.collector.bacnet.message.Station;
import org.coppercube.collector.bacnet.settings.Courtesy;
import org.junit.After;
import org.junit.Test;

/** What becomes of a question that something too long comes in answer to. */
public class TooLongAnswersTest {
    private static final Station DEVICE = new Station(new InetSocketAddress("10.0.1.1", 47808));

    private final Loop loop = new Loop("test");
    private final AtomicInteger sent = new AtomicInteger();
    private Requests requests;

    @After
    public void close() {
        loop.close();
    }

    /** @param network gets the number of the question each time it is sent */
    private Part ask(IntConsumer network) throws Exception {
        requests = new Requests(loop, (to, apdu) -> {
            sent.incrementAndGet();
            network.accept(apdu[2] & 0xFF);
        }, new Courtesy(Duration.ofMillis(100), 3, 200, 0, null), new Meter());
        CompletableFuture<Part> answer = new CompletableFuture<>();
        loop.execute(() -> requests.ask(new Contact(DEVICE, 1476),
                new Questions.Question(Questions.READ_PROPERTY, new byte[0])).whenComplete((content, failure) -> {
                    if (failure == null) {
                        answer.complete(content);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                }));
        return answer.get(60, TimeUnit.SECONDS);
    }

    private void answer(int id) {
        requests.answered(DEVICE, new byte[] {0x30, (byte) id, Questions.READ_PROPERTY, 77}, 0);
    }

    @Test
    public void itIsNotAskedAgain() {
        ExecutionException failure =
                assertThrows(ExecutionException.class, () -> ask(id -> requests.tooLong(DEVICE, id)));
        assertTrue(failure.toString(), failure.getCause() instanceof Refused refused && refused.mayBeTooMuch());
        assertEquals("its answer is longer than 1476 bytes, or in segments that were not asked for",
                failure.getCause().getMessage());
        assertEquals(1, sent.get());
    }

    @Test
    public void anAnswerThatComesAfterItInTimeCounts() throws Exception {
        assertEquals("4d", ask(id -> {
            requests.tooLong(DEVICE, id);
            answer(id);
        }).hex());
    }

    @Test
    public void whatIsNoAnswerToItDoesNotConcernIt() throws Exception {
        assertEquals("4d", ask(id -> {
            requests.tooLong(DEVICE, id + 1);
            requests.tooLong(new Station(new InetSocketAddress("10.0.1.2", 47808)), id);
            if (sent.get() == 3) {
                answer(id);
            }
        }).hex());
    }
}
