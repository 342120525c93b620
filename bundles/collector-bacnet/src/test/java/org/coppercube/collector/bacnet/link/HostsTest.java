// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.link;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.coppercube.collector.bacnet.Await;
import org.junit.After;
import org.junit.Test;

public class HostsTest {
    private static final InetSocketAddress NAMED = InetSocketAddress.createUnresolved("ahu.example", 47808);

    private final Loop loop = new Loop("test");
    private final CountDownLatch served = new CountDownLatch(1);
    private final AtomicInteger moves = new AtomicInteger();
    private Hosts hosts;

    @After
    public void close() {
        served.countDown();
        hosts.close();
        loop.close();
    }

    private void look(Hosts.Lookup lookup) {
        hosts = new Hosts("test", lookup, loop);
        loop.execute(() -> hosts.look(NAMED, now -> moves.incrementAndGet()));
    }

    private InetAddress[] slowly(String host) throws UnknownHostException {
        try {
            served.await();
        } catch (InterruptedException e) {
            throw new UnknownHostException(host);
        }
        return new InetAddress[] {InetAddress.getByName("10.0.0.9")};
    }

    @Test
    public void aNameServerThatDoesNotAnswerKeepsNobodyWaitingAndIsToldAfterAWhile() {
        look(this::slowly);
        CountDownLatch goesOn = new CountDownLatch(1);
        loop.execute(goesOn::countDown);
        Await.until("the loop goes on", () -> goesOn.getCount() == 0);
        assertEquals(Optional.empty(), hosts.address(NAMED));
        Await.until("it is told", () -> !hosts.missing(Stream.of(NAMED)).isEmpty());
        assertEquals(List.of("ahu.example (no answer from the name server)"), hosts.missing(Stream.of(NAMED)));
        served.countDown();
        Await.until("it answers at last", () -> hosts.missing(Stream.of(NAMED)).isEmpty());
        assertEquals(Optional.of(new InetSocketAddress("10.0.0.9", 47808)), hosts.address(NAMED));
    }

    @Test
    public void aHostThatIsStillThereHasNotMoved() throws Exception {
        look(host -> new InetAddress[] {InetAddress.getByName("10.0.0.9")});
        Await.until("it is found", () -> moves.get() == 1);
        CountDownLatch again = new CountDownLatch(1);
        loop.execute(() -> hosts.look(NAMED, now -> moves.incrementAndGet()));
        loop.execute(again::countDown);
        Await.until("it was looked for again", () -> again.getCount() == 0);
        assertEquals(1, moves.get());
    }

    @Test
    public void whereItWasItMayStillBeWhenTheNameServerIsGone() {
        AtomicInteger asked = new AtomicInteger();
        look(host -> {
            if (asked.incrementAndGet() > 1) {
                throw new UnknownHostException(host);
            }
            return new InetAddress[] {InetAddress.getByName("10.0.0.9")};
        });
        Await.until("it is found", () -> moves.get() == 1);
        loop.execute(() -> hosts.look(NAMED, now -> moves.incrementAndGet()));
        Await.until("it is asked again", () -> asked.get() == 2);
        assertTrue(hosts.missing(Stream.of(NAMED)).isEmpty());
        assertEquals(Optional.of(new InetSocketAddress("10.0.0.9", 47808)), hosts.address(NAMED));
    }
}
