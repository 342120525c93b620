// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;

/** Writes samples as JSON objects. */
record SampleJson(JsonGenerator json) {

    void write(int run, Sample sample) throws IOException {
        json.writeStartObject();
        json.writeStringField("ts", Rfc3339.text(sample.time()));
        if (sample.timeSource() != Sample.TimeSource.RECORD) {
            json.writeStringField("tsFrom", Words.of(sample.timeSource()));
        }
        json.writeNumberField("run", run);
        json.writeNumberField("seq", sample.sequence());
        json.writeStringField("type", Words.type(sample.reading()));
        value(sample.reading());
        if (sample.flags() != 0) {
            words("flags", Words.flags(sample.flags()));
        }
        json.writeEndObject();
    }

    private void value(Reading reading) throws IOException {
        if (reading instanceof Reading.Real real) {
            real(real.value());
        } else if (reading instanceof Reading.Double real) {
            real(real.value());
        } else if (reading instanceof Reading.Enumerated number) {
            json.writeNumberField("value", number.value());
        } else if (reading instanceof Reading.Unsigned number) {
            json.writeFieldName("value");
            json.writeNumber(Long.toUnsignedString(number.value()));
        } else if (reading instanceof Reading.Signed number) {
            json.writeNumberField("value", number.value());
        } else if (reading instanceof Reading.Boolean truth) {
            json.writeBooleanField("value", truth.value());
        } else if (reading instanceof Reading.BitString string) {
            json.writeStringField("value", string.bits());
        } else if (reading instanceof Reading.Text text) {
            json.writeStringField("value", text.value());
        } else if (reading instanceof Reading.Any any && any.value() != null) {
            value(any.value());
            json.writeStringField("raw", any.raw());
        } else {
            json.writeNullField("value");
            explain(reading);
        }
    }

    private void real(float value) throws IOException {
        if (Float.isFinite(value)) {
            json.writeNumberField("value", value);
        } else {
            special(value);
        }
    }

    private void real(double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField("value", value);
        } else {
            special(value);
        }
    }

    private void special(double value) throws IOException {
        json.writeNullField("value");
        json.writeStringField("special", Words.special(value));
    }

    private void explain(Reading reading) throws IOException {
        if (reading instanceof Reading.LogStatus status) {
            words("status", Words.status(status));
        } else if (reading instanceof Reading.Failure failure) {
            json.writeObjectFieldStart("error");
            json.writeNumberField("class", failure.errorClass());
            json.writeNumberField("code", failure.errorCode());
            json.writeStringField("text", ErrorNames.text(failure));
            json.writeEndObject();
        } else if (reading instanceof Reading.TimeChange change) {
            json.writeFieldName("seconds");
            if (Float.isFinite(change.seconds())) {
                json.writeNumber(change.seconds());
            } else {
                json.writeNull();
            }
        } else if (reading instanceof Reading.Gap gap) {
            json.writeNumberField("count", gap.count());
            json.writeStringField("cause", Words.of(gap.cause()));
        } else if (reading instanceof Reading.Undecodable undecodable) {
            json.writeStringField("raw", undecodable.raw());
        } else if (reading instanceof Reading.Any any) {
            json.writeStringField("raw", any.raw());
        } else if (reading instanceof Reading.Event event) {
            json.writeFieldName("event");
            fields(json, event.fields());
        }
    }

    static void fields(JsonGenerator json, Map<String, String> fields) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, String> field : fields.entrySet()) {
            json.writeStringField(field.getKey(), field.getValue());
        }
        json.writeEndObject();
    }

    private void words(String field, List<String> words) throws IOException {
        json.writeArrayFieldStart(field);
        for (String word : words) {
            json.writeString(word);
        }
        json.writeEndArray();
    }
}
