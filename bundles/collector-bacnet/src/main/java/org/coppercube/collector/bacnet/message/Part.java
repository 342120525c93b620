// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.message;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A part of a message: what stands in one primitive tag, or between an opening tag and its closing one. The methods
 * that read it as a value (ASHRAE 135, 20.2) refuse what cannot be one.
 */
public record Part(byte[] bytes, int from, int to) {

    public Part(byte... bytes) {
        this(bytes, 0, bytes.length);
    }

    public Tags tags() {
        return new Tags(this);
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes, from, to);
    }

    /** A number; all 64 bits may be used. */
    public long unsigned() throws ProtocolException {
        require(length() >= 1 && length() <= 8, "an unsigned number");
        long value = 0;
        for (int i = from; i < to; i++) {
            value = value << 8 | bytes[i] & 0xFF;
        }
        return value;
    }

    /** A number of 32 bits at most. */
    public long unsigned32() throws ProtocolException {
        long value = unsigned();
        require(value >>> 32 == 0, "a number of 32 bits");
        return value;
    }

    /** A number of 16 bits at most, as classes and codes of errors have (ASHRAE 135, 23.1). */
    int unsigned16() throws ProtocolException {
        long value = unsigned();
        require(value >>> 16 == 0, "a number of 16 bits");
        return (int) value;
    }

    public long signed() throws ProtocolException {
        int unused = 64 - 8 * length();
        return unsigned() << unused >> unused;
    }

    float real() throws ProtocolException {
        require(length() == 4, "a real");
        return Float.intBitsToFloat((int) unsigned());
    }

    double doubleReal() throws ProtocolException {
        require(length() == 8, "a double");
        return Double.longBitsToDouble(unsigned());
    }

    /** A bit string as text of 0 and 1. */
    String bits() throws ProtocolException {
        int count = bitCount();
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(bit(i) ? '1' : '0');
        }
        return text.toString();
    }

    /** Whether a bit of a bit string is set, the first being 0; one that it does not have is not. */
    boolean bit(int index) throws ProtocolException {
        return index < bitCount() && (bytes[from + 1 + index / 8] >> 7 - index % 8 & 1) != 0;
    }

    private int bitCount() throws ProtocolException {
        require(length() >= 1 && (bytes[from] & 0xFF) <= (length() == 1 ? 0 : 7), "a bit string");
        return 8 * (length() - 1) - bytes[from];
    }

    /** A character string; one that is not in the set it claims is read as Latin 1, which old controllers send. */
    String text() throws ProtocolException {
        require(length() >= 1, "a character string");
        Charset claimed = switch (bytes[from]) {
            case 0 -> StandardCharsets.UTF_8;
            case 3 -> Charset.forName("UTF-32BE");
            case 4 -> StandardCharsets.UTF_16BE;
            default -> StandardCharsets.ISO_8859_1;
        };
        ByteBuffer content = ByteBuffer.wrap(bytes, from + 1, length() - 1);
        try {
            return claimed.newDecoder().decode(content.duplicate()).toString();
        } catch (CharacterCodingException e) {
            return StandardCharsets.ISO_8859_1.decode(content).toString();
        }
    }

    public ObjectId objectId() throws ProtocolException {
        require(length() == 4, "an object identifier");
        return ObjectId.of((int) unsigned());
    }

    private int length() {
        return to - from;
    }

    private static void require(boolean is, String what) throws ProtocolException {
        if (!is) {
            throw new ProtocolException("expected " + what);
        }
    }
}
