// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer to a ReadRange of a log buffer by sequence number (ASHRAE 135, 15.8).
 *
 * @param first sequence number of the first record; meaningless when there is none
 * @param records in the order of the device
 */
record LogRecords(long first, List<LogRecord> records) {

    private static final int LOG_BUFFER = 131;

    /**
     * Reads an answer.
     *
     * @param asked the log that was asked for
     * @param sequence the first record that was asked for
     * @param atMost how many records were asked for; a single one that is damaged is told as undecodable
     * @throws ProtocolException if it is damaged, about something else, or contradicts itself
     */
    static LogRecords read(Part answer, ObjectId asked, long sequence, int atMost) throws ProtocolException {
        Tags tags = answer.tags();
        ObjectId object = tags.context(0).objectId();
        long property = tags.context(1).unsigned();
        if (!object.equals(asked) || property != LOG_BUFFER || tags.nextIsContext(2)) {
            throw new ProtocolException("it is about property " + property + " of " + object);
        }
        tags.context(3);
        long count = tags.context(4).unsigned();
        Part rest = new Part(answer.bytes(), tags.position(), answer.to());
        List<LogRecord> records;
        try {
            records = split(tags.pair(5));
        } catch (ProtocolException e) {
            if (atMost == 1 && count == 1) {
                return new LogRecords(sequence, List.of(LogRecord.read(rest)));
            }
            throw e;
        }
        if (count != records.size() || count > atMost) {
            throw new ProtocolException("it announces " + count + " records and has " + records.size());
        }
        return new LogRecords(records.isEmpty() ? sequence : tags.context(6).unsigned32(), records);
    }

    /** A record begins at each opening tag 0, so that one strange record does not hide its neighbours. */
    private static List<LogRecord> split(Part list) throws ProtocolException {
        List<LogRecord> records = new ArrayList<>();
        Tags tags = list.tags();
        int from = tags.position();
        while (tags.more()) {
            int begin = tags.position();
            if (tags.next().isOpening(0) && begin > from) {
                records.add(LogRecord.read(new Part(list.bytes(), from, begin)));
                from = begin;
            }
            if (tags.isOpening()) {
                tags.rest();
            }
        }
        if (list.to() > from) {
            records.add(LogRecord.read(new Part(list.bytes(), from, list.to())));
        }
        return records;
    }
}
