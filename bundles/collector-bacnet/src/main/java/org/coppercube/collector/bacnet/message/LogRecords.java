// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.message;

import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.coppercube.api.trend.Reading;

/**
 * The answer to a ReadRange of a log buffer (ASHRAE 135, 15.8).
 *
 * @param first sequence number of the first record; {@link #UNTOLD} where the device does not say it
 * @param asked how many records were asked for
 * @param records in the order of the device
 */
public record LogRecords(long first, int asked, List<LogRecord> records) {
    public static final long UNTOLD = -1;

    private static final int LOG_BUFFER = 131;

    /**
     * Reads an answer. Where a single record was asked for and a single one came, it is taken whatever is announced.
     *
     * @param log the log that was asked for
     * @param asked how many records were asked for
     * @throws ProtocolException if it is damaged, about something else, or contradicts itself; {@link Damaged} with
     *         what there is of a single record that was asked for, as there is no smaller question to put
     */
    public static LogRecords read(Part answer, ObjectId log, int asked) throws ProtocolException {
        Tags tags = answer.tags();
        ObjectId object = tags.context(0).objectId();
        long property = tags.context(1).unsigned();
        if (!object.equals(log) || property != LOG_BUFFER || tags.nextIsContext(2)) {
            throw new ProtocolException("it is about property " + property + " of " + object);
        }
        tags.context(3);
        long count = tags.context(4).unsigned();
        Part rest = new Part(answer.bytes(), tags.position(), answer.to());
        List<LogRecord> records;
        try {
            records = split(tags.pair(5), log.type());
        } catch (ProtocolException e) {
            if (asked == 1 && count == 1) {
                throw new Damaged(e.getMessage(), rest.hex(), LogRecord.read(rest, log.type()));
            }
            throw e;
        }
        if (records.size() > asked || count != records.size() && !(asked == 1 && records.size() == 1)) {
            throw new ProtocolException("it announces " + count + " records and has " + records.size());
        }
        return new LogRecords(tags.nextIsContext(6) ? tags.content().unsigned32() : UNTOLD, asked, records);
    }

    /** Whether each of them can be understood. */
    public boolean areUnderstood() {
        return records.stream().noneMatch(one -> one.reading() instanceof Reading.Undecodable);
    }

    /** A record begins at each opening tag 0, so that one strange record does not hide its neighbours. */
    private static List<LogRecord> split(Part list, int type) throws ProtocolException {
        List<LogRecord> records = new ArrayList<>();
        Tags tags = list.tags();
        int from = tags.position();
        while (tags.more()) {
            int begin = tags.position();
            if (tags.next().isOpening(0) && begin > from) {
                records.add(LogRecord.read(new Part(list.bytes(), from, begin), type));
                from = begin;
            }
            if (tags.isOpening()) {
                tags.rest();
            }
        }
        if (list.to() > from) {
            records.add(LogRecord.read(new Part(list.bytes(), from, list.to()), type));
        }
        return records;
    }
}
