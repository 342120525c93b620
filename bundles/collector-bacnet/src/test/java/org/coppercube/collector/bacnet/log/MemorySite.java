// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;

import java.net.ProtocolException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.LongStream;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.MemoryIntake;
import org.coppercube.collector.bacnet.message.Part;
import org.coppercube.collector.bacnet.message.Questions;
import org.coppercube.collector.bacnet.message.Tags;
import org.junit.rules.ExternalResource;

/** A device in memory with a log of a hundred records, one a minute, that it numbers; and what is archived of it. */
final class MemorySite extends ExternalResource {
    static final TrendLogId ID = new TrendLogId("hq", 1, TrendLogId.Kind.TL, 1);
    static final LocalDateTime START = LocalDateTime.parse("2026-11-23T04:00:00");

    final MemoryIntake intake = new MemoryIntake();
    final MemoryDevice device = new MemoryDevice(intake);
    final RingLog log = device.log(ID, 100, Duration.ofMinutes(1));
    private int minute;

    @Override
    protected void after() {
        device.close();
    }

    /** It makes so many records; the value of each is one less than its number, unless that began anew. */
    void add(int count) {
        for (int i = 0; i < count; i++) {
            log.add(START.plusMinutes(minute), RingLog.unsigned(minute++));
        }
    }

    void add(String datum) {
        log.add(START.plusMinutes(minute++), datum);
    }

    /** It gives all that it holds other numbers. */
    void renumber(long total) {
        List<RingLog.Made> held = List.copyOf(log.held());
        log.clear();
        log.countFrom(total);
        held.forEach(made -> log.add(made.time(), made.datum()));
    }

    void visit(String story) throws Exception {
        visit();
        assertEquals(story, story());
    }

    /** Though the log may fail. */
    void visit() throws Exception {
        assertNull(device.visit());
    }

    String story() {
        return Story.of(intake, ID);
    }

    List<Sample> samples() {
        return intake.samples(ID, 1);
    }

    /** Why the log could not be read. */
    String trouble() {
        return device.collected(0).trouble();
    }

    /** Number of the first record that is asked for by its number; 0 if none is. */
    static long first(byte[] request) {
        return LongStream.rangeClosed(1, 1000).filter(number -> holds(request, number)).findFirst().orElse(0);
    }

    /** Whether this record is asked for by its number. */
    static boolean holds(byte[] request, long number) {
        try {
            if (request[3] != Questions.READ_RANGE || request[11] != 0x6E) {
                return false;
            }
            Tags range = new Part(request, 11, request.length).tags().next().rest().tags();
            long first = range.application(2).unsigned();
            return first <= number && number < first + range.application(3).signed();
        } catch (ProtocolException e) {
            throw new AssertionError(e);
        }
    }
}
