// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Predicate;
import org.coppercube.collector.bacnet.message.Questions;

/** Lets the first log of a besieged device answer as no device should, and knows how such answers are made. */
final class Liar {
    /** Makes of a question and the right answer another one. */
    interface Lie {
        byte[] tell(byte[] question, byte[] answer);
    }

    static final int ITEMS = 16; // where the records of the witness's answer begin
    private static final int VISITS = 3;
    private static final int MOST_QUESTIONS_A_VISIT = 200;

    private final Siege siege;

    Liar(Siege siege) {
        this.siege = siege;
    }

    /** Lets the first log lie for some visits; the second must be collected meanwhile, and the first one afterwards. */
    void survives(Lie lie) {
        survives(question -> asksForRecords(question, 1), lie);
        siege.collects(30); // which is exact from the first record on
        siege.holds();
    }

    /** Lets the device lie about some questions for some visits; the second log must be collected meanwhile. */
    void survives(Predicate<byte[]> about, Lie lie) {
        int before = siege.witness.questions();
        siege.witness.follow((question, answer) -> about.test(question) ? lie.tell(question, answer) : answer);
        for (int i = 0; i < VISITS; i++) {
            siege.witness.grow(20);
            siege.visit(() -> siege.intake.samples(Siege.id(2), 1).size() == siege.witness.made());
            siege.isExact(2);
        }
        int questions = siege.witness.questions() - before;
        assertTrue(questions + " questions", questions <= VISITS * MOST_QUESTIONS_A_VISIT);
        siege.witness.follow((question, answer) -> answer);
    }

    static boolean asksForRecords(byte[] question, int log) {
        return question[3] == Questions.READ_RANGE && question[8] == log;
    }

    /** What an answer to a question for records can say; null for what is not to be there. */
    static byte[] answer(byte[] question, int flags, long count, byte[] items, Long first) {
        ByteBuffer out = ByteBuffer.allocate(70_000).put(Hex.bytes("30%02x1a".formatted(question[2])))
                .put(question, 4, 7).put(Hex.bytes("3a05%02x".formatted(flags)));
        out.put(count < 256 ? Hex.bytes("49%02x".formatted(count)) : Hex.bytes("4c%08x".formatted(count)));
        out.put((byte) 0x5E).put(items).put((byte) 0x5F);
        if (first != null) {
            out.put(Hex.bytes("6c%08x".formatted(first)));
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    static int count(byte[] answer) {
        return answer[14] & 0xFF;
    }

    static byte[] items(byte[] answer) {
        return count(answer) == 0 ? new byte[0] : Arrays.copyOfRange(answer, ITEMS, answer.length - 6);
    }

    static long first(byte[] answer) {
        return ByteBuffer.wrap(answer).getInt(answer.length - 4) & 0xFFFF_FFFFL;
    }

    /** Records that the witness never made. */
    static byte[] made(int id, long first) {
        byte[] question = Hex.bytes("0005%02x1a0c050000011983".formatted(id));
        byte[] items = Witness.join(Witness.real(Witness.time(first), -1), Witness.real(Witness.time(first + 1), -1));
        return answer(question, 0x40, 2, items, first);
    }

    static byte[] filled(int length, int with) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) with);
        return bytes;
    }
}
