// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * A place in an answer that comes in pages, as text that nobody but us can make sense of. It holds for the question it
 * was given for and for no other.
 */
final class Cursor {

    private final String question;

    /** @param question everything that decides which items the pages have */
    Cursor(String question) {
        this.question = question;
    }

    String write(String place) {
        byte[] bytes = place.getBytes(UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(
                ByteBuffer.allocate(4 + bytes.length).putInt(check(bytes)).put(bytes).array());
    }

    /** @throws IllegalArgumentException if this was not written for the same question */
    String read(String text) {
        byte[] all = Base64.getUrlDecoder().decode(text);
        if (all.length < 4) {
            throw new IllegalArgumentException("too short");
        }
        byte[] place = new byte[all.length - 4];
        ByteBuffer buffer = ByteBuffer.wrap(all);
        int check = buffer.getInt();
        buffer.get(place);
        if (check != check(place)) {
            throw new IllegalArgumentException("of another question");
        }
        return new String(place, UTF_8);
    }

    private int check(byte[] place) {
        CRC32 crc = new CRC32();
        crc.update(question.getBytes(UTF_8));
        crc.update(0);
        crc.update(place);
        return (int) crc.getValue();
    }
}
