// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/** How this bundle writes JSON: as a stream, with numbers that are exact. */
final class Json {

    static final String TYPE = "application/json";

    /** {@code USE_FAST_DOUBLE_WRITER} is what writes the shortest decimal; Java 17's own toString has JDK-4511638. */
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .rootValueSeparator((String) null) // NDJSON writes its line ends itself
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private Json() {
    }

    /** Writes something to a generator. */
    interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    static void write(OutputStream out, Content content) throws IOException {
        // A writer, because Jackson's own UTF-8 fails at half a surrogate pair, which a device may have in a name.
        JsonGenerator json = FACTORY.createGenerator(new OutputStreamWriter(out, UTF_8));
        content.write(json);
        json.close(); // only when all went well: it closes what is open, and a broken answer must not look whole
    }

    /** {@code {"items":[…],"next":…}}; a null cursor is the end. */
    static <T> void list(JsonGenerator json, Iterable<T> items, Item<T> item, String next) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("items");
        for (T each : items) {
            item.write(json, each);
        }
        json.writeEndArray();
        json.writeStringField("next", next);
        json.writeEndObject();
    }

    /** Writes one item of a list. */
    interface Item<T> {
        void write(JsonGenerator json, T item) throws IOException;
    }

    static void time(JsonGenerator json, String field, Instant time) throws IOException {
        json.writeStringField(field, time == null ? null : Rfc3339.text(time));
    }

    static void seconds(JsonGenerator json, String field, Duration time) throws IOException {
        number(json, field, BigDecimal.valueOf(time.toMillis(), 3));
    }

    /** All digits, and no more. */
    static void number(JsonGenerator json, String field, BigDecimal number) throws IOException {
        json.writeFieldName(field);
        json.writeNumber(number.stripTrailingZeros().toPlainString());
    }

    /** An empty text means that there is nothing to say, which is null in JSON. */
    static void textOrNull(JsonGenerator json, String field, String text) throws IOException {
        json.writeStringField(field, text.isEmpty() ? null : text);
    }
}
