// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.coppercube.collector.bacnet.Hex;
import org.coppercube.collector.bacnet.message.LogRecord;
import org.coppercube.collector.bacnet.message.ObjectId;
import org.coppercube.collector.bacnet.message.Part;
import org.coppercube.collector.bacnet.message.PropertyRef;
import org.coppercube.collector.bacnet.message.Tags;

/** A log object with a real ring buffer, which answers ReadRange as ASHRAE 135, 15.8 has it, or less of it on request. */
final class RingLog {
    /** A record that the device has made. */
    record Made(long number, LocalDateTime time, String datum) {
    }

    static final String PURGED = "0a0540";
    static final String DISABLED = "0a0580";
    static final String INTERRUPTED = "0a0520";
    static final byte[] UNSUPPORTED = Hex.bytes("5000" + "1a" + "9105" + "9150");

    private final ObjectId object;
    private final int size;
    private final List<Made> held = new ArrayList<>();
    private long total;
    private boolean bySequence = true;
    private boolean byTime = true;
    private boolean counts = true;
    private boolean oldestInstead;
    private int most = Integer.MAX_VALUE;

    RingLog(ObjectId object, int size) {
        this.object = object;
        this.size = size;
    }

    ObjectId object() {
        return object;
    }

    /** It answers no ReadRange by sequence number. */
    RingLog withoutSequence() {
        bySequence = false;
        return this;
    }

    /** It has learnt to. */
    void withSequence() {
        bySequence = true;
    }

    /** It answers with the oldest where the first that is asked for is gone. */
    void withTheOldestInstead() {
        oldestInstead = true;
    }

    /** It gives no more at a time, however many are asked for. */
    RingLog withAtMost(int records) {
        most = records;
        return this;
    }

    /** It answers no ReadRange by time. */
    RingLog withoutTime() {
        byTime = false;
        return this;
    }

    /** It has no Total_Record_Count. */
    RingLog withoutTotal() {
        counts = false;
        return this;
    }

    /** It has learnt to count. */
    void withTotal() {
        counts = true;
    }

    /** The next record comes after this number. */
    void countFrom(long total) {
        this.total = total;
    }

    Made add(LocalDateTime time, String datum) {
        total = total == Counts.LAST_NUMBER ? 1 : total + 1;
        Made made = new Made(total, time, datum);
        held.add(made);
        if (held.size() > size) {
            held.remove(0);
        }
        return made;
    }

    /** The datum of a Trend Log's record. */
    static String unsigned(long value) {
        return "4c%08x".formatted(value);
    }

    /** All are gone, and the numbers go on. */
    void clear() {
        held.clear();
    }

    /** All are gone, and the numbers start again. */
    void reset() {
        held.clear();
        total = 0;
    }

    List<Made> held() {
        return held;
    }

    long total() {
        return total;
    }

    /** What it says of itself; null if nothing. */
    byte[] value(int property) {
        return switch (property) {
            case PropertyRef.RECORD_COUNT -> number(held.size());
            case PropertyRef.TOTAL_RECORD_COUNT -> counts ? number(total) : null;
            default -> null;
        };
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(5).put((byte) 0x24).putInt((int) value).array();
    }

    /** The answer to a ReadRange. */
    byte[] answer(byte[] request) throws ProtocolException {
        Tags tags = new Part(request, 11, request.length).tags().next();
        if (tags.isOpening(3)) {
            Tags range = tags.rest().tags();
            return answer(request, (int) range.application(2).unsigned() - 1, (int) range.application(3).signed(), false);
        }
        if (tags.isOpening(6) && bySequence) {
            Tags range = tags.rest().tags();
            long first = range.application(2).unsigned();
            long from = held.isEmpty() ? 0 : Math.floorMod(first - held.get(0).number, Counts.LAST_NUMBER);
            boolean gone = !held.isEmpty() && first < held.get(0).number;
            return answer(request, oldestInstead && gone ? 0 : (int) Math.min(from, size), (int) range.application(3).signed(), true);
        }
        if (tags.isOpening(7) && byTime) {
            Tags range = tags.rest().tags();
            LocalDateTime time = LogRecord.time(range);
            int from = IntStream.range(0, held.size())
                    .filter(i -> held.get(i).time != null && held.get(i).time.isAfter(time)).findFirst().orElse(size);
            return answer(request, from, (int) range.application(3).signed(), counts);
        }
        byte[] refusal = UNSUPPORTED.clone();
        refusal[1] = request[2];
        return refusal;
    }

    private byte[] answer(byte[] request, int from, int count, boolean numbered) {
        List<Made> told = from < 0 || from >= held.size() ? List.of()
                : held.subList(from, Math.min(held.size(), from + Math.min(count, most)));
        ByteBuffer out = ByteBuffer.allocate(65_536).put((byte) 0x30).put(request[2]).put(request[3]);
        out.put(request, 4, 7).put(Hex.bytes("3a0500" + "49")).put((byte) told.size()).put((byte) 0x5E);
        told.forEach(made -> out.put(encoded(made)));
        out.put((byte) 0x5F);
        if (numbered && !told.isEmpty()) {
            out.put((byte) 0x6C).putInt((int) told.get(0).number);
        }
        byte[] answer = new byte[out.flip().remaining()];
        out.get(answer);
        return answer;
    }

    private static byte[] encoded(Made made) {
        return Hex.bytes("0e" + (made.time == null ? "a4ffffffffb4ffffffff" : time(made.time)) + "0f1e" + made.datum
                + "1f");
    }

    private static String time(LocalDateTime time) {
        return "a4%02x%02x%02xffb4%02x%02x%02x%02x".formatted(time.getYear() - 1900, time.getMonthValue(),
                time.getDayOfMonth(), time.getHour(), time.getMinute(), time.getSecond(), time.getNano() / 10_000_000);
    }
}
