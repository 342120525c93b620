// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** A device whose first log answers as no device should; its second log does, and so does the first one in the end. */
public class HostileAnswersTest {
    private static final int MOST_QUESTIONS_A_VISIT = 200;
    private static final int ITEMS = 16; // where the records of the witness's answer begin

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

    private static boolean asksForRecords(byte[] question, int log) {
        return question[3] == Questions.READ_RANGE && question[8] == log;
    }

    /** What an answer to a question for records can say; null for what is not to be there. */
    private static byte[] answer(byte[] question, int flags, long count, byte[] items, Long first) {
        ByteBuffer out = ByteBuffer.allocate(70_000).put(FenceTest.hex("30%02x1a".formatted(question[2])))
                .put(question, 4, 7).put(FenceTest.hex("3a05%02x".formatted(flags)));
        out.put(count < 256 ? FenceTest.hex("49%02x".formatted(count)) : FenceTest.hex("4c%08x".formatted(count)));
        out.put((byte) 0x5E).put(items).put((byte) 0x5F);
        if (first != null) {
            out.put(FenceTest.hex("6c%08x".formatted(first)));
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private static int count(byte[] answer) {
        return answer[14] & 0xFF;
    }

    private static byte[] items(byte[] answer) {
        return count(answer) == 0 ? new byte[0] : Arrays.copyOfRange(answer, ITEMS, answer.length - 6);
    }

    private static long first(byte[] answer) {
        return ByteBuffer.wrap(answer).getInt(answer.length - 4) & 0xFFFF_FFFFL;
    }

    private interface Lie {
        byte[] tell(byte[] question, byte[] answer);
    }

    /** Lets the first log lie for some visits; the second must be collected meanwhile, and the first one afterwards. */
    private void survives(Lie lie) {
        survives(question -> asksForRecords(question, 1), lie);
        siege.collects(30); // which is exact from the first record on
        siege.holds();
    }

    private void survives(Predicate<byte[]> about, Lie lie) {
        int visits = 3;
        int before = siege.witness.questions();
        siege.witness.follow((question, answer) -> about.test(question) ? lie.tell(question, answer) : answer);
        for (int i = 0; i < visits; i++) {
            siege.witness.grow(20);
            siege.visit(() -> siege.intake.samples(Siege.id(2), 1).size() == siege.witness.made());
            siege.isExact(2);
        }
        int questions = siege.witness.questions() - before;
        assertTrue(questions + " questions", questions <= visits * MOST_QUESTIONS_A_VISIT);
        siege.witness.follow((question, answer) -> answer);
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

    private long last(int log) {
        return siege.intake.resumePoint(Siege.id(log)).orElseThrow().sequence();
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
                return Witness.join(FenceTest.hex("3c%02x00041a".formatted(question[2])), filled(1400, 0));
            }
            return answer;
        });
        siege.collects(10);
        assertTrue(siege.dropped() - before >= 2);
    }

    @Test
    public void refusalsOfAllKinds() {
        String[] refusals = {"50%02x1a91009100", "50%02x1a94ffffffff94ffffffff", "50%02x1a", "50%02x1a0e0e0e0e",
            "60%02xff", "60%02x00", "71%02xff", "71%02x00", "70%02x04", "20%02x1a", "30%02x1a", "30%02x0c", "50%02xff"};
        int[] next = {0};
        survives((question, answer) ->
                FenceTest.hex(refusals[next[0]++ % refusals.length].formatted(question[2])));
    }

    @Test
    public void countsThatAreNone() {
        String[][] counts = {{"24ffffffff", "24ffffffff"}, {"2100", "2100"}, {"220300", "2103"}, {"2100", "24000f4240"},
            {"31ff", "31ff"}, {"443f800000", "443f800000"}, {"2508ffffffffffffffff", "2508ffffffffffffffff"},
            {"00", ""}, {"2103", "2100"}, {"24ffffffff", "2105"}};
        for (String[] lie : counts) {
            siege.witness.tell((object, property, right) -> object.instance() != 1 ? right
                    : property == PropertyRef.RECORD_COUNT ? FenceTest.hex(lie[0])
                    : property == PropertyRef.TOTAL_RECORD_COUNT ? FenceTest.hex(lie[1]) : right);
            survives(question -> false, (question, answer) -> answer);
            siege.witness.tell((object, property, right) -> right);
            siege.witness.grow(10);
            siege.visit(() -> last(1) == siege.witness.made() && last(2) == siege.witness.made());
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

    @Test
    public void aLogThatIsClearedAndBeginsAgain() {
        long first = siege.witness.made();
        List<List<Sample>> before = List.of(siege.intake.samples(Siege.id(1), 1), siege.intake.samples(Siege.id(2), 1));
        siege.witness.restart();
        siege.witness.write((log, number) -> Witness.real(Witness.time(100_000 + number), -number));
        siege.witness.grow(50);
        siege.visit(() -> siege.intake.count() >= 2 * (first + 50));
        for (int log = 1; log <= 2; log++) {
            List<Sample> was = siege.intake.samples(Siege.id(log), 1);
            assertEquals("what was archived stays", before.get(log - 1), was.subList(0, (int) first));
            assertEquals(1, was.size() - first);
            assertTrue("what it has made since counts as lost", was.get((int) first).reading() instanceof Reading.Gap gap
                    && gap.cause() == Reading.Gap.Cause.SEQUENCE_RESET);
            List<Sample> again = siege.intake.samples(Siege.id(log), 2);
            assertEquals(50, again.size());
            for (int i = 1; i <= 50; i++) {
                assertEquals(i, again.get(i - 1).sequence());
                assertEquals(new Reading.Real(-i), again.get(i - 1).reading());
            }
        }
    }

    @Test
    public void aRecordThatIsAnotherEachTimeItIsRead() {
        float[] made = {-1};
        List<Sample> before = siege.intake.samples(Siege.id(1), 1);
        siege.witness.follow((question, answer) -> {
            if (asksForRecords(question, 1) && count(answer) > 0) {
                byte[] changed = answer.clone();
                ByteBuffer.wrap(changed).putFloat(ITEMS + 14, made[0]--);
                return changed;
            }
            return answer;
        });
        for (int i = 0; i < 5; i++) {
            siege.witness.grow(20);
            siege.visit(() -> siege.intake.samples(Siege.id(2), 1).size() == siege.witness.made());
        }
        siege.isExact(2);
        assertEquals("what was archived stays", before, siege.intake.samples(Siege.id(1), 1).subList(0, before.size()));
        assertEquals(List.of(), siege.log.faults());
    }

    @Test
    public void valuesOfEveryExtreme() {
        float tiny = Float.MIN_VALUE;
        List<String> data = new ArrayList<>();
        List<Reading> readings = new ArrayList<>();
        for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, tiny, -0f}) {
            data.add("2c%08x".formatted(Float.floatToIntBits(value)));
            readings.add(new Reading.Real(value));
        }
        data.add("4d08ffffffffffffffff");
        readings.add(new Reading.Unsigned(-1));
        data.add("5d088000000000000000");
        readings.add(new Reading.Signed(Long.MIN_VALUE));
        String longText = "75fe" + "0515" + "00" + "41".repeat(1300);
        data.add("ae" + longText + "af");
        readings.add(new Reading.Any(longText, new Reading.Text("A".repeat(1300))));
        String nested = "2e3e4e5e" + "5508fff8000000000001" + "5f4f3f2f";
        data.add("ae" + nested + "af");
        readings.add(new Reading.Any(nested, null));
        data.add("ae" + "5508fff0000000000000" + "af");
        readings.add(new Reading.Any("5508fff0000000000000", new Reading.Double(Double.NEGATIVE_INFINITY)));
        data.add("aeaf");
        readings.add(new Reading.Any("", null));
        data.add("6dfe0400" + "00" + "ff".repeat(1023));
        readings.add(new Reading.BitString("1".repeat(1023 * 8)));
        long before = siege.witness.made();
        siege.witness.write((log, number) -> number <= before
                ? Witness.real(Witness.time(number), Witness.value(log, number))
                : Witness.record(Witness.time(number),
                        FenceTest.hex(data.get((int) (number - before - 1) % data.size()))));
        siege.witness.grow(3 * data.size());
        siege.visit(() -> last(1) == siege.witness.made() && last(2) == siege.witness.made());
        for (int log = 1; log <= 2; log++) {
            List<Sample> samples = siege.intake.samples(Siege.id(log), 1);
            for (int i = 0; i < 3 * data.size(); i++) {
                Sample sample = samples.get((int) before + i);
                assertEquals(before + i + 1, sample.sequence());
                assertEquals(readings.get(i % readings.size()), sample.reading());
            }
        }
        siege.holds();
    }

    @Test
    public void answersOfStrangers() throws Exception {
        siege.withstands(0, () -> {
            for (int round = 0; round < 10; round++) {
                for (int id = 0; id < 256; id++) {
                    siege.send(Siege.unicast(made(id, siege.witness.made() + 1)), siege.us());
                }
                siege.collects(60);
            }
        });
    }

    /** Records that the witness never made. */
    private static byte[] made(int id, long first) {
        byte[] question = FenceTest.hex("0005%02x1a0c050000011983".formatted(id));
        byte[] items = Witness.join(Witness.real(Witness.time(first), -1), Witness.real(Witness.time(first + 1), -1));
        return answer(question, 0x40, 2, items, first);
    }

    @Test
    public void answersToQuestionsThatNobodyAsked() throws Exception {
        siege.withstands(0, () -> {
            siege.witness.follow((question, answer) -> {
                if (asksForRecords(question, 1)) {
                    for (int away : new int[] {1, -1, 128, 255}) {
                        say(made(question[2] + away & 0xFF, first(question)));
                    }
                }
                return answer;
            });
            siege.collects(60);
            siege.collects(60);
        });
    }

    private void say(byte[] apdu) {
        try {
            siege.witness.say(apdu, siege.us());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    public void answersThatComeAfterThePatienceForThem() throws Exception {
        byte[][] late = {made(0, 1)};
        siege.withstands(0, () -> {
            siege.witness.follow((question, answer) -> {
                if (!asksForRecords(question, 1)) {
                    return answer;
                }
                say(late[0]); // to the question before this one
                late[0] = made(question[2], siege.witness.made() + 1);
                return answer;
            });
            siege.collects(60);
            siege.collects(60);
        });
    }

    @Test
    public void devicesThatTakeTheirTimeForEachAnswer() throws Exception {
        List<Witness> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                Witness one = new Witness(100 + i, 1, "127.0.61." + (100 + i), siege.port());
                slow.add(one);
                one.grow(30);
                long pause = i < 30 ? 150 : 3000; // milliseconds: within the patience for an answer, and beyond it
                one.follow((question, answer) -> {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
                    return answer;
                });
                one.say(one.iAm(), siege.us());
            }
            Await.until("all are known", () -> siege.network.devices().size() == 61);
            for (int i = 0; i < 20; i++) {
                siege.collectsBeside(10);
            }
            Await.until("the patient ones are collected too", () -> siege.intake.count()
                    >= 2 * siege.witness.made() + 30 * 30);
            siege.holds();
        } finally {
            slow.forEach(Witness::close);
        }
    }

    @Test
    public void clocksThatAreWrong() throws Exception {
        end();
        siege = new Siege(2, "time.zone", "Europe/Vienna");
        siege.begin();
        Map<String, String> times = new LinkedHashMap<>(); // as the device shows it, as it is to be archived
        times.put("a47c0a1b07" + "b402000000", "2024-10-27T00:00:00Z");
        times.put("a47c0a1b07" + "b4021e0000", "2024-10-27T00:30:00Z");
        times.put("a47c0a1b07" + "b402000001", "2024-10-27T01:00:00.01Z"); // the hour that comes twice
        times.put("a47c0a1b07" + "b4021e0001", "2024-10-27T01:30:00.01Z");
        times.put("a47c0a1b07" + "b403000000", "2024-10-27T02:00:00Z");
        times.put("a47d031e07" + "b4021e0000", "2025-03-30T01:30:00Z"); // the hour that never is
        times.put("a47d031e07" + "b403000000", "2025-03-30T01:00:00Z");
        times.put("a47b0a1b05" + "b400000000", "2023-10-26T22:00:00Z"); // a year back
        times.put("a4870a1b04" + "b400000000", "2035-10-26T22:00:00Z"); // ten years ahead
        times.put("a4000101ff" + "b400000000", "1899-12-31T23:00:00Z");
        times.put("a4fe0c1f02" + "b4173b3b63", "2154-12-31T22:59:59.99Z");
        for (String none : List.of("a4ff0a1b07b402000000", "a4ffffffffb4ffffffff", "a47c0e0107b402000000",
                "a47c021f07b402000000", "a47c0a1b07b418000000", "a47c0a1b07b4ff000000", "a47c000007b402000000")) {
            times.put(none, "2026-01-01T00:00:00Z");
        }
        times.put("a47e010104" + "b401000000", "2026-01-01T00:00:00Z"); // the next that has one
        List<String> shown = List.copyOf(times.keySet());
        long before = siege.witness.made();
        siege.witness.write((log, number) -> number <= before
                ? Witness.real(Witness.time(number), Witness.value(log, number))
                : FenceTest.hex("0e" + shown.get((int) (number - before - 1)) + "0f1e"
                        + (number % 5 == 0 ? "9cc5610000" : "2c%08x".formatted(Float.floatToIntBits(number))) + "1f"));
        siege.witness.grow(shown.size());
        siege.visit(() -> last(1) == siege.witness.made() && last(2) == siege.witness.made());
        for (int log = 1; log <= 2; log++) {
            List<Sample> samples = siege.intake.samples(Siege.id(log), 1);
            for (int i = 0; i < shown.size(); i++) {
                Sample sample = samples.get((int) before + i);
                long number = before + i + 1;
                assertEquals(number, sample.sequence());
                assertEquals(shown.get(i), Instant.parse(times.get(shown.get(i))), sample.instant());
                assertEquals(number % 5 == 0 ? new Reading.TimeChange(-3600) : new Reading.Real(number),
                        sample.reading());
            }
        }
        siege.holds();
    }

    private static byte[] filled(int length, int with) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) with);
        return bytes;
    }
}
