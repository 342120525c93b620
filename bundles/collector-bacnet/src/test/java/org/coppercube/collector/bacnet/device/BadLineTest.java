// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.device;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BinaryOperator;
import org.coppercube.api.collect.NetworkState;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.Await;
import org.coppercube.collector.bacnet.Collector;
import org.coppercube.collector.bacnet.Farm;
import org.coppercube.collector.bacnet.MemoryIntake;
import org.coppercube.collector.bacnet.TestMachine;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.PropertyRef;
import org.coppercube.collector.bacnet.message.Questions;
import org.junit.After;
import org.junit.Test;

/** A device behind a line that loses much. */
public class BadLineTest {
    private static final int LOGS = 30;
    private static final int RECORDS = 100;

    private final MemoryIntake intake = new MemoryIntake();
    private final int port = TestMachine.freePort();
    private final Set<Integer> greetings = new HashSet<>(); // by their invoke ids: each is a question of its own
    private Farm farm;
    private Collector network;

    @After
    public void closeAll() throws Exception {
        network.close();
        farm.close();
    }

    private void collect(int logs, BinaryOperator<byte[]> line) throws Exception {
        farm = new Farm(1, logs, RECORDS, port, line);
        network = new TestMachine().network(intake, "interface", "127.0.31.1", "port", port, "devices", farm.list(),
                "apdu.timeout.ms", 100, "apdu.retries", 2);
    }

    private void awaitCollected(int logs) {
        Await.until("all is collected", () -> network.network().archived() == logs
                && network.logs().stream().allMatch(log -> log.lastSuccess() != null));
        assertEquals(logs * RECORDS, intake.count());
    }

    /** As each attempt begins, and each visit. */
    private static boolean asksForName(byte[] request) {
        int property = request[3] == Questions.READ_PROPERTY_MULTIPLE ? request[11] : request[10];
        return isAbout(request, ObjectId.DEVICE) && property == PropertyRef.OBJECT_NAME;
    }

    private static boolean isAbout(byte[] request, int type) {
        return (request[5] & 0xFF) << 2 == (type & ~3) && (request[6] & 0xC0) >> 6 == (type & 3);
    }

    /** A fifth of all that is sent is lost, and so is a fifth of all that comes back. */
    private BinaryOperator<byte[]> losing(BinaryOperator<byte[]> device, Random random) {
        return (request, answer) -> {
            if (asksForName(request)) {
                greetings.add((int) request[2]);
            }
            boolean came = random.nextInt(5) > 0;
            boolean comesBack = random.nextInt(5) > 0;
            return came && comesBack ? device.apply(request, answer) : null;
        };
    }

    @Test
    public void thirtyLogsAreDescribedAndCollectedAtTheFirstOrSecondAttempt() throws Exception {
        collect(LOGS, losing((request, answer) -> answer, new Random(5)));
        awaitCollected(LOGS);
        assertTrue(greetings.toString(), greetings.size() <= 4); // one for the description and one for the visit
    }

    @Test
    public void soAreTheyWhenEveryPropertyTakesAQuestion() throws Exception {
        collect(LOGS, losing((request, answer) -> request[3] == Questions.READ_PROPERTY_MULTIPLE
                ? new byte[] {0x60, request[2], 9} : answer, new Random(5)));
        awaitCollected(LOGS);
        assertTrue(greetings.toString(), greetings.size() <= 4);
    }

    @Test
    public void whatADeviceHasToldBeforeItFellSilentItIsNotAskedAgain() throws Exception {
        AtomicBoolean silent = new AtomicBoolean();
        List<String> answered = new CopyOnWriteArrayList<>();
        collect(LOGS, (request, answer) -> {
            silent.compareAndSet(true, !asksForName(request));
            boolean describes = request[3] == Questions.READ_PROPERTY_MULTIPLE && isAbout(request, ObjectId.TREND_LOG);
            if (describes && !silent.get()) {
                answered.add(HexFormat.of().formatHex(request, 4, request.length));
                silent.set(answered.size() == 3); // of six; the answer to this one is lost as well
            }
            return silent.get() ? null : answer;
        });
        awaitCollected(LOGS);
        assertEquals("all but one are asked once", 6 + 1, answered.size());
        assertEquals(6, Set.copyOf(answered).size());
    }
}
