// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.coppercube.api.collect.NetworkState;
import org.junit.After;
import org.junit.Test;

/** Devices behind routers, and what routers and those who would like to be some say. */
public class RoutesTest {
    private final int port = TestMachine.freePort();
    private final int farmPort = TestMachine.freePort();
    private final InetSocketAddress us = new InetSocketAddress("127.0.31.1", TestMachine.freePort());
    private final MemoryIntake intake = new MemoryIntake();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Farm farm;
    private Collector network;

    @After
    public void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private RouterTo router(String address) throws Exception {
        RouterTo router = new RouterTo(address, port, farmPort);
        open.add(router);
        return router;
    }

    private void begin(int devices, int logs, BinaryOperator<byte[]> script) throws Exception {
        begin("", devices, logs, script);
    }

    private void begin(String configured, int devices, int logs, BinaryOperator<byte[]> script) throws Exception {
        farm = new Farm(devices, logs, 10, farmPort, script);
        open.add(farm);
        network = new TestMachine().network(intake, "port", port, "devices", configured, "local.port", us.getPort(),
                "routed.requests.per.second", 0, "bbmd", "127.0.31.5, 127.0.31.6");
        open.add(network);
    }

    private void announce(RouterTo router, int device) {
        Await.until("it is heard", () -> {
            router.announce(us, device);
            return network.devices().stream().anyMatch(one -> one.instance() == device);
        });
    }

    private void collected(int records) {
        Await.until("all is archived", () -> intake.count() == records);
        Await.until("the visit is over", () -> network.network().state() == NetworkState.State.COLLECTING);
    }

    private void collectedAgain() {
        Await.until("it answers", () -> network.devices().get(0).answering());
        farm.grow(20);
        Await.until("it is collected again", () -> {
            network.collect(Set.of());
            return intake.count() == 20;
        });
    }

    private String at(String router) {
        return router + ":" + port + "/2001/1";
    }

    private String address() {
        return network.devices().get(0).address();
    }

    @Test
    public void aDeviceBehindARouterIsCollectedThroughIt() throws Exception {
        RouterTo router = router("127.0.31.5");
        begin(3, 40, (request, answer) -> answer.length > 480 ? new byte[] {0x71, request[2], 4} : answer);
        for (int i = 1; i <= 3; i++) {
            announce(router, i);
        }
        collected(3 * 40 * 10);
        assertEquals(at("127.0.31.5"), address());
    }

    @Test
    public void aDeviceBehindARouterIsFoundWhereItIsConfiguredWithoutAWord() throws Exception {
        RouterTo router = router("127.0.31.5");
        RouterTo other = router("127.0.31.6");
        begin("2@127.0.31.5/2001/2", 2, 3, (request, answer) -> answer);
        collected(3 * 10);
        assertEquals("127.0.31.5:" + port + "/2001/2", address());
        Await.until("it is told that it is announced from elsewhere, in the settings' words", () -> {
            other.announce(us, 2);
            return network.devices().get(0).claimants().equals(List.of("127.0.31.6:" + port + "/2001/2"));
        });
        farm.grow(20);
        network.collect(Set.of());
        collected(3 * 20);
        assertTrue(router.passed() > 0);
        assertEquals(0, other.passed());
    }

    @Test
    public void anotherRouterIsFoundWhenTheOldOneIsGone() throws Exception {
        RouterTo old = router("127.0.31.5");
        begin(1, 1, (request, answer) -> answer);
        announce(old, 1);
        collected(10);
        old.close();
        RouterTo young = router("127.0.31.6");
        network.collect(Set.of());
        Await.until("the other is found", () -> address().equals(at("127.0.31.6")));
        collectedAgain();
        assertTrue(young.passed() > 0);
    }

    @Test
    public void nobodyWhoClaimsToBeTheRouterComesBetweenUsAndADeviceThatAnswers() throws Exception {
        RouterTo router = router("127.0.31.5");
        RouterTo impostor = router("127.0.31.6");
        begin(1, 1, (request, answer) -> answer);
        announce(router, 1);
        collected(10);
        Await.until("it is counted, and not looked into each time", () -> {
            for (int i = 0; i < 300; i++) {
                impostor.say(us, "018001" + "07d1");
            }
            return network.traffic().dropped().getOrDefault("unasked", 0L) >= 50
                    && network.traffic().dropped().containsKey("flood");
        });
        farm.grow(20);
        network.collect(Set.of());
        collected(20);
        assertEquals(at("127.0.31.5"), address());
        assertEquals(0, impostor.passed());
    }

    @Test
    public void theTrueRouterIsFoundThoughAnotherClaimsToBeItFirst() throws Exception {
        RouterTo router = router("127.0.31.5");
        RouterTo impostor = router("127.0.31.6");
        impostor.pass(false);
        begin(1, 1, (request, answer) -> answer);
        announce(router, 1);
        collected(10);
        router.claim(false);
        router.pass(false);
        network.collect(Set.of());
        Await.until("it is missed", () -> network.network().state() == NetworkState.State.DOWN);
        router.pass(true);
        router.claim(true);
        impostor.say(us, "018001" + "07d1");
        collectedAgain();
        assertEquals(at("127.0.31.5"), address());
    }

    @Test
    public void aLieThatTheNetworkCannotBeReachedDoesNotKeepADeviceFromBeingCollected() throws Exception {
        RouterTo router = router("127.0.31.5");
        begin(1, 1, (request, answer) -> {
            router.say(us, "018003" + "01" + "07d1"); // as anybody may in the router's name
            return answer;
        });
        announce(router, 1);
        collected(10);
    }

    @Test
    public void aNetworkThatCannotBeReachedIsNamed() throws Exception {
        RouterTo router = router("127.0.31.5");
        begin(1, 1, (request, answer) -> {
            router.say(us, "018003" + "01" + "07d1");
            return null;
        });
        announce(router, 1);
        String cause = "no answer; router 127.0.31.5 says of network 2001: no route to it";
        Await.until("it is told", () -> network.devices().stream().anyMatch(one -> one.cause().equals(cause)));
    }
}
