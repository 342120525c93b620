// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.coppercube.collector.bacnet.Liar.filled;
import static org.coppercube.collector.bacnet.Liar.first;
import static org.coppercube.collector.bacnet.Liar.answer;
import static org.coppercube.collector.bacnet.Liar.ITEMS;
import static org.coppercube.collector.bacnet.Liar.asksForRecords;
import static org.coppercube.collector.bacnet.Liar.count;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** A device whose records are as no device's should be. */
public class HostileRecordsTest {
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
        assertEquals("what was archived stays", before, siege.intake.samples(Siege.id(1), 1));
        siege.witness.follow((question, answer) -> answer);
        siege.collects(20);
        siege.holds();
    }

    /** What is broken for good is marked, one record at a time. */
    private void marks(byte[] items) {
        new Liar(siege).survives(question -> asksForRecords(question, 1),
                (question, answer) -> answer(question, 0x40, 1, items, first(answer)));
        siege.witness.grow(30);
        siege.visit(() -> siege.last(1) == siege.witness.made() && siege.last(2) == siege.witness.made());
        siege.isExact(2);
        siege.isWhole(1, true);
        assertEquals("it is no other log for that", List.of(), siege.intake.samples(Siege.id(1), 2));
        siege.isSteady();
    }

    @Test
    public void tagsThatAreOpenedWithoutEnd() {
        marks(filled(1400, 0x0E));
    }

    @Test
    public void tagsThatAreClosedAndWereNotOpened() {
        marks(filled(1400, 0x0F));
    }

    @Test
    public void tagsThatNestDeep() {
        marks(Witness.join(filled(700, 0x1E), filled(700, 0x1F)));
    }

    @Test
    public void lengthsBeyondTheEnd() {
        marks(Hex.bytes("0e" + "a5ff80000000" + "0f"));
    }

    @Test
    public void lengthsThatAskForAllMemory() {
        marks(Hex.bytes("0e" + "a5ff7ffffff0" + "0f"));
    }

    @Test
    public void aValueOfTenThousandBytesKeepsNothingElseFromBeingRead() {
        long bad = siege.witness.made() + 7;
        siege.witness.follow((question, answer) -> asksForRecords(question, 1) && answer[0] == 0x30 && count(answer) > 0
                && first(answer) <= bad && bad < first(answer) + count(answer)
                ? answer(question, 0x40, count(answer), filled(10_000, 0x41), first(answer)) : answer);
        siege.witness.grow(20);
        siege.visit(() -> siege.last(1) == siege.witness.made() && siege.last(2) == siege.witness.made());
        siege.isExact(2);
        siege.isExact(1, 1, bad + 1);
        List<Sample> samples = siege.intake.samples(Siege.id(1), 1);
        assertEquals(siege.witness.made(), samples.size());
        assertEquals(new Reading.Gap(1, Reading.Gap.Cause.UNDECODABLE), samples.get((int) bad - 1).reading());
        siege.holds();
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
                        Hex.bytes(data.get((int) (number - before - 1) % data.size()))));
        siege.witness.grow(3 * data.size());
        siege.visit(() -> siege.last(1) == siege.witness.made() && siege.last(2) == siege.witness.made());
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
                : Hex.bytes("0e" + shown.get((int) (number - before - 1)) + "0f1e"
                        + (number % 5 == 0 ? "9cc5610000" : "2c%08x".formatted(Float.floatToIntBits(number))) + "1f"));
        siege.witness.grow(shown.size());
        siege.visit(() -> siege.last(1) == siege.witness.made() && siege.last(2) == siege.witness.made());
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
}
