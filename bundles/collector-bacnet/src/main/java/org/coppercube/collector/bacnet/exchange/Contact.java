// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.exchange;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.coppercube.collector.bacnet.message.Questions;
import org.coppercube.collector.bacnet.message.Station;

/** How one device is spoken to. Belongs to the loop; where it is and whether it answers may be asked by anybody. */
public final class Contact {
    private static final int SHORTEST_APDU = 50;
    private static final int MOST_RECORDS = 60;

    private volatile Station station;
    private int maxApdu;
    private final Map<Integer, Integer> mostRecords = new HashMap<>(); // by type of the log, where it refused more
    private final Line line = new Line();
    private int invokeId;
    private boolean takesLists = true;
    private boolean known; // it has answered some time
    private Duration roundTrip;
    private volatile boolean answers;

    public Contact(Station station, int maxApdu) {
        this.station = station;
        accepts(maxApdu);
    }

    public Station station() {
        return station;
    }

    public void movedTo(Station station) {
        this.station = station;
    }

    /** The device said how long an APDU may be. */
    public void accepts(long maxApdu) {
        this.maxApdu = (int) Math.max(SHORTEST_APDU, Math.min(Questions.LONGEST_ANSWER, maxApdu));
        mostRecords.clear();
    }

    /** How many records surely fit into an APDU; one with status flags has 22 bytes, an odd one a few more. */
    public static int mostRecordsOf(int maxApdu) {
        return Math.max(1, Math.min(MOST_RECORDS, (maxApdu - 40) / 25));
    }

    /** How many records of a log object of this type to ask for at once. */
    public int mostRecords(int type) {
        return mostRecords.getOrDefault(type, mostRecordsOf(maxApdu));
    }

    /** The device would not give so many. */
    public void refusedRecords(int type, int asked) {
        mostRecords.merge(type, Math.max(1, asked / 2), Math::min);
    }

    /** It was not their number. */
    public void forgetRefusals(int type) {
        mostRecords.remove(type);
    }

    public int maxApdu() {
        return maxApdu;
    }

    /** Whether it knows ReadPropertyMultiple, as far as we know. */
    public boolean takesLists() {
        return takesLists;
    }

    public void takesNoLists() {
        takesLists = false;
    }

    public void hasAnswered() {
        known = true;
        answers = true;
    }

    public void hasNotAnswered() {
        answers = false;
    }

    /**
     * How many times to send it a question before it is given up.
     *
     * @param usual to any device; one that answered the last question is asked more often where its line needs that
     */
    int times(int usual) {
        return answers ? Math.max(usual, line.times()) : usual;
    }

    /** Whether it answered the last question. */
    public boolean answers() {
        return answers;
    }

    /** How long the last question took to be answered; null if it was repeated, so that nobody can tell. */
    public Duration roundTrip() {
        return roundTrip;
    }

    /** @param times how often the question had been sent */
    void took(int times, Duration roundTrip) {
        line.came(times);
        this.roundTrip = roundTrip;
    }

    /** How likely it is to answer the next one, and soon. */
    enum Standing { ANSWERS, ON_BAD_LINE, SILENT, STRANGER }

    /** @param usual how many times a question is sent to any device; where more are needed the line is bad */
    Standing standing(int usual) {
        if (!answers) {
            return known ? Standing.SILENT : Standing.STRANGER;
        }
        return line.times() > usual ? Standing.ON_BAD_LINE : Standing.ANSWERS;
    }

    /** Its own count, so that a late answer cannot be taken for one to the next question. */
    public int nextInvokeId() {
        invokeId = invokeId + 1 & 0xFF;
        return invokeId;
    }
}
