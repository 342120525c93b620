// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import com.serotonin.bacnet4j.type.enumerated.RejectReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;

/**
 * Reads the tagged parameters of a request, front to back. It knows just the forms that our services take and never
 * goes past the end; the general parser of BACnet4J can be sent into an endless loop by one datagram.
 */
final class TagReader {

    /** Reads a part. */
    @FunctionalInterface
    interface Steps {
        void take() throws Refusal;
    }

    private static final int BOOLEAN = 1;
    private static final int UNSIGNED = 2;
    private static final int SIGNED = 3;
    private static final int OCTET_STRING = 6;
    private static final int BIT_STRING = 8;
    private static final int DATE = 10;
    private static final int TIME = 11;
    private static final int OBJECT_IDENTIFIER = 12;
    private static final int LONGER = 5; // the length is in the next octet
    private static final int LONGEST = 254;
    private static final byte UTF_8 = 0;

    private static final int MAX_PROPERTY = 4_194_303;

    private final ByteBuffer in;

    TagReader(ByteBuffer in) {
        this.in = in;
    }

    boolean atEnd() {
        return !in.hasRemaining();
    }

    void end() throws Refusal {
        if (in.hasRemaining()) {
            throw Refusal.reject(RejectReason.tooManyArguments);
        }
    }

    /** Steps over this opening tag if it is next. */
    boolean opens(int number) {
        return skip(Tags.opening(number));
    }

    boolean closes(int number) {
        return skip(Tags.closing(number));
    }

    void open(int number) throws Refusal {
        require(opens(number));
    }

    void close(int number) throws Refusal {
        require(closes(number));
    }

    /** A context-tagged unsigned integer, enumeration or object identifier. */
    long context(int number) throws Refusal {
        require(hasContext(number));
        return unsignedContent();
    }

    /** The same, or null when something else is next. */
    Long optionalContext(int number) throws Refusal {
        return hasContext(number) ? unsignedContent() : null;
    }

    /** An object identifier, type and instance as they travel: 10 and 22 bits. */
    long objectIdentifier() throws Refusal {
        require(hasTag(OBJECT_IDENTIFIER, false));
        return unsignedContent();
    }

    /** A context-tagged character string in UTF-8. */
    String text(int number) throws Refusal {
        require(hasContext(number));
        byte[] octets = content();
        require(octets.length > 0 && octets[0] == UTF_8);
        return new String(octets, 1, octets.length - 1, StandardCharsets.UTF_8);
    }

    /** An octet string. */
    byte[] octets() throws Refusal {
        require(hasTag(OCTET_STRING, false));
        return content();
    }

    /** A bit string of so many bits, from 1 to 8. */
    void bits(int number) throws Refusal {
        require(hasTag(BIT_STRING, false));
        byte[] octets = content();
        require(octets.length == 2 && octets[0] == 8 - number);
    }

    boolean bool() throws Refusal {
        require(hasTag(BOOLEAN, false));
        return (in.get() & 7) == 1; // it has no content
    }

    /** A time, perhaps with wildcards. */
    void time() throws Refusal {
        require(hasTag(TIME, false));
        require(content().length == 4);
    }

    /** What is stepped over meanwhile. */
    byte[] octetsOf(Steps steps) throws Refusal {
        int start = in.position();
        steps.take();
        byte[] octets = new byte[in.position() - start];
        in.get(start, octets);
        return octets;
    }

    /** A context-tagged property identifier. */
    int property(int number) throws Refusal {
        long property = context(number);
        if (property > MAX_PROPERTY) {
            throw Refusal.reject(RejectReason.parameterOutOfRange);
        }
        return (int) property;
    }

    long unsigned() throws Refusal {
        require(hasTag(UNSIGNED, false));
        return unsignedContent();
    }

    long signed() throws Refusal {
        require(hasTag(SIGNED, false));
        int unused = 64 - 8 * (in.get(in.position()) & 7);
        return unsignedContent() << unused >> unused;
    }

    /** A date and a time without wildcards. */
    LocalDateTime dateTime() throws Refusal {
        require(hasTag(DATE, false));
        long date = unsignedContent();
        require(hasTag(TIME, false));
        long time = unsignedContent();
        try {
            return LocalDateTime.of(1900 + octet(date, 3), octet(date, 2), octet(date, 1), // and the weekday
                    octet(time, 3), octet(time, 2), octet(time, 1), octet(time, 0) * 10_000_000);
        } catch (DateTimeException e) {
            throw Refusal.reject(RejectReason.parameterOutOfRange);
        }
    }

    private static int octet(long value, int fromRight) {
        return (int) (value >> 8 * fromRight) & 0xFF;
    }

    boolean hasContext(int number) {
        return hasTag(number, true);
    }

    private boolean hasTag(int number, boolean context) {
        if (!in.hasRemaining()) {
            return false;
        }
        int tag = in.get(in.position());
        return (tag & 0xF8) == (number << 4 | (context ? 8 : 0)) && (tag & 7) < 6; // 6 and 7 are brackets
    }

    // Whatever is longer than four octets, or has no content, is none of our parameters.
    private long unsignedContent() throws Refusal {
        int length = in.get() & 7;
        require(length >= 1 && length <= 4);
        require(in.remaining() >= length);
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | in.get() & 0xFF;
        }
        return value;
    }

    private byte[] content() throws Refusal {
        int length = in.get() & 7;
        if (length == LONGER) {
            require(in.hasRemaining());
            length = in.get() & 0xFF;
            require(length < LONGEST);
        }
        require(in.remaining() >= length);
        byte[] octets = new byte[length];
        in.get(octets);
        return octets;
    }

    private boolean skip(int tag) {
        boolean next = in.hasRemaining() && (in.get(in.position()) & 0xFF) == tag;
        if (next) {
            in.get();
        }
        return next;
    }

    private void require(boolean expected) throws Refusal {
        if (!expected) {
            throw Refusal.reject(in.hasRemaining() ? RejectReason.invalidTag : RejectReason.missingRequiredParameter);
        }
    }
}
