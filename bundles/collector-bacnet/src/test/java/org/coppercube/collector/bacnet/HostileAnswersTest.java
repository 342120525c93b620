// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.coppercube.collector.bacnet.Liar.ITEMS;
import static org.coppercube.collector.bacnet.Liar.answer;
import static org.coppercube.collector.bacnet.Liar.asksForRecords;
import static org.coppercube.collector.bacnet.Liar.count;
import static org.coppercube.collector.bacnet.Liar.filled;
import static org.coppercube.collector.bacnet.Liar.first;
import static org.coppercube.collector.bacnet.Liar.items;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.coppercube.collector.bacnet.message.PropertyRef;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** A device whose first log answers as no device should; its second log does, and so does the first one in the end. */
public class HostileAnswersTest {
    private Siege siege;

    @Before
    public void begin() throws Exception {
        siege = new Siege(2);
        siege.begin();
    }

    @After
    public void end() {
        siege.close();
    }

    private void survives(Liar.Lie lie) {
        new Liar(siege).survives(lie);
    }

    @Test
    public void aCountAboveWhatIsThere() {
        survives((question, answer) -> answer(question, 0x40, 50, items(answer), first(answer)));
    }

    @Test
    public void aCountOfBillions() {
        survives((question, answer) -> answer(question, 0x40, 0xFFFFFFFFL, items(answer), first(answer)));
    }

    @Test
    public void moreThanTheCountSays() {
        survives((question, answer) -> answer(question, 0x40, 1, Arrays.copyOfRange(answer, ITEMS, ITEMS + 2 * 22),
                first(answer)));
    }

    @Test
    public void moreThanWasAskedFor() {
        survives((question, answer) -> answer(question, 0x40, 250, "\16\17".repeat(250).getBytes(), first(answer)));
    }

    @Test
    public void moreToComeAndNothingThere() {
        survives((question, answer) -> answer(question, 0x20, 0, new byte[0], null));
    }

    @Test
    public void moreToComeAndTheSameAgain() {
        byte[][] once = new byte[1][];
        survives((question, answer) -> {
            once[0] = once[0] == null ? answer : once[0];
            return answer(question, 0x20, count(once[0]), items(once[0]), first(once[0]));
        });
    }

    @Test
    public void aFirstNumberOfZero() {
        survives((question, answer) -> answer(question, 0x40, count(answer), items(answer), 0L));
    }

    @Test
    public void aFirstNumberBeforeWhatWasAskedFor() {
        survives((question, answer) -> answer(question, 0x40, count(answer), items(answer), first(answer) - 5));
    }

    @Test
    public void aFirstNumberAfterAllThatIsCounted() {
        survives((question, answer) -> answer(question, 0x40, count(answer), items(answer), first(answer) + 10_000));
    }

    @Test
    public void aFirstNumberAfterWhatWasAskedForIsNoLoss() {
        survives((question, answer) -> answer(question, 0x40, count(answer), items(answer), first(answer) + 5));
    }

    @Test
    public void noFirstNumberWhereThereWasOne() {
        survives((question, answer) -> answer(question, 0x40, count(answer), items(answer), null));
    }

    @Test
    public void anotherLogsRecords() {
        survives((question, answer) -> {
            byte[] records = Witness.join(LongStream.range(first(answer), first(answer) + count(answer))
                    .mapToObj(number -> Witness.real(Witness.time(number), Witness.value(2, number)))
                    .toArray(byte[][]::new));
            byte[] other = question.clone();
            other[8] = 2;
            return answer(other, 0x40, count(answer), records, first(answer));
        });
    }

    @Test
    public void answersThatAreCutOff() {
        int[] length = {0};
        survives((question, answer) -> Arrays.copyOf(answer, 3 + length[0]++ % 60));
    }

    @Test
    public void segmentsThatWereNotAskedFor() {
        long before = siege.dropped();
        int[] told = {0};
        siege.witness.follow((question, answer) -> {
            if (asksForRecords(question, 1) && told[0]++ < 2) {
                return Witness.join(Hex.bytes("3c%02x00041a".formatted(question[2])), filled(1400, 0));
            }
            return answer;
        });
        siege.collects(10);
        assertTrue(siege.dropped() - before >= 2);
    }

    @Test
    public void segmentsOfAnswersThatAreTooLongForTheDevice() {
        siege.witness.follow((question, answer) -> asksForRecords(question, 1) && answer.length > 100
                ? Witness.join(Hex.bytes("3c%02x00041a".formatted(question[2])), filled(90, 0)) : answer);
        siege.collects(20);
        siege.collects(20);
        assertTrue(siege.network.traffic().dropped().get("segmented") > 0);
    }

    @Test
    public void answersThatAreLongerThanAnyApduOrAnyBuffer() {
        for (int length : new int[] {1_500, 60_000}) {
            Set<String> causes = ConcurrentHashMap.newKeySet();
            survives((question, answer) -> {
                siege.network.logs().forEach(log -> causes.add(log.cause()));
                return answer(question, 0x40, 1, filled(length, 0x41), first(answer));
            });
            assertEquals(Set.of("", "its answer is longer than 1476 bytes, or in segments that were not asked for"),
                    causes);
            assertTrue(siege.network.traffic().dropped().get("long") > 0);
        }
    }

    @Test
    public void refusalsOfAllKinds() {
        String[] refusals = {"50%02x1a91009100", "50%02x1a94ffffffff94ffffffff", "50%02x1a", "50%02x1a0e0e0e0e",
            "60%02xff", "60%02x00", "71%02xff", "71%02x00", "70%02x04", "20%02x1a", "30%02x1a", "30%02x0c", "50%02xff"};
        int[] next = {0};
        survives((question, answer) ->
                Hex.bytes(refusals[next[0]++ % refusals.length].formatted(question[2])));
    }

    @Test
    public void countsThatAreNone() {
        String[][] counts = {{"24ffffffff", "24ffffffff"}, {"2100", "2100"}, {"220300", "2103"}, {"2100", "24000f4240"},
            {"31ff", "31ff"}, {"443f800000", "443f800000"}, {"2508ffffffffffffffff", "2508ffffffffffffffff"},
            {"00", ""}, {"2103", "2100"}, {"24ffffffff", "2105"}};
        for (String[] lie : counts) {
            siege.witness.tell((object, property, right) -> object.instance() != 1 ? right
                    : property == PropertyRef.RECORD_COUNT ? Hex.bytes(lie[0])
                    : property == PropertyRef.TOTAL_RECORD_COUNT ? Hex.bytes(lie[1]) : right);
            new Liar(siege).survives(question -> false, (question, answer) -> answer);
            siege.witness.tell((object, property, right) -> right);
            siege.witness.grow(10);
            siege.visit(() -> siege.last(1) == siege.witness.made() && siege.last(2) == siege.witness.made());
            siege.isExact(2);
            siege.isWhole(1, false);
        }
        assertEquals(List.of(), siege.log.faults());
    }

    @Test
    public void aNameThatWouldForgeALineOfTheLog() {
        siege.witness.call("Boiler\r\n[main] ERROR org.coppercube - all is lost\u001b[2J\u2028");
        siege.network.collect(Set.of());
        Await.until("it is told", () -> !siege.network.devices().get(0).cause().isEmpty());
        assertEquals(List.of(), siege.log.faults());
        assertFalse(siege.network.devices().get(0).cause().matches("(?s).*\\p{Cntrl}.*"));
        siege.witness.call("Witness 61");
        siege.collects(10);
    }
}
