// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Writer;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;

/** Writes samples as CSV (RFC 4180). What a kind has beside a value is told in {@code status} and {@code detail}. */
final class SampleCsv {

    private static final String HEADER = "ts,run,seq,type,value,flags,status,detail,tsFrom\r\n";

    private final Writer out;
    private final StringBuilder line = new StringBuilder();

    /** Writes the header. */
    SampleCsv(Writer out) throws IOException {
        this.out = out;
        out.write(HEADER);
    }

    void write(int run, Sample sample) throws IOException {
        Reading reading = sample.reading();
        line.setLength(0);
        text(Rfc3339.text(sample.time()));
        number(Integer.toString(run));
        number(Long.toString(sample.sequence()));
        text(Words.type(reading));
        value(reading);
        text(String.join(" ", Words.flags(sample.flags())));
        text(status(reading));
        detail(reading);
        text(sample.timeSource() == Sample.TimeSource.RECORD ? "" : Words.of(sample.timeSource()));
        line.setCharAt(line.length() - 1, '\r'); // the comma after the last cell
        out.append(line.append('\n'));
    }

    private void value(Reading reading) {
        if (reading instanceof Reading.Real real) {
            number(real(real.value()));
        } else if (reading instanceof Reading.Double real) {
            number(Double.isFinite(real.value()) ? NumberOutput.toString(real.value(), true) : "");
        } else if (reading instanceof Reading.Enumerated number) {
            number(Long.toString(number.value()));
        } else if (reading instanceof Reading.Unsigned number) {
            number(Long.toUnsignedString(number.value()));
        } else if (reading instanceof Reading.Signed number) {
            number(Long.toString(number.value()));
        } else if (reading instanceof Reading.Boolean truth) {
            text(Boolean.toString(truth.value()));
        } else if (reading instanceof Reading.BitString string) {
            text(string.bits());
        } else if (reading instanceof Reading.Text text) {
            text(text.value());
        } else if (reading instanceof Reading.Any any && any.value() != null) {
            value(any.value());
        } else {
            text("");
        }
    }

    private static String status(Reading reading) {
        if (reading instanceof Reading.Real real && !Float.isFinite(real.value())) {
            return Words.special(real.value());
        } else if (reading instanceof Reading.Double real && !Double.isFinite(real.value())) {
            return Words.special(real.value());
        } else if (reading instanceof Reading.LogStatus status) {
            return String.join(" ", Words.status(status));
        } else if (reading instanceof Reading.Failure failure) {
            return ErrorNames.text(failure);
        } else if (reading instanceof Reading.Gap gap) {
            return Words.of(gap.cause());
        } else if (reading instanceof Reading.Any any && any.value() != null) {
            return status(any.value());
        }
        return "";
    }

    private void detail(Reading reading) throws IOException {
        if (reading instanceof Reading.Failure failure) {
            text(failure.errorClass() + "/" + failure.errorCode());
        } else if (reading instanceof Reading.TimeChange change) {
            number(real(change.seconds()));
        } else if (reading instanceof Reading.Gap gap) {
            number(Long.toString(gap.count()));
        } else if (reading instanceof Reading.Undecodable undecodable) {
            text(undecodable.raw());
        } else if (reading instanceof Reading.Any any) {
            text(any.raw());
        } else if (reading instanceof Reading.Event event) {
            ByteArrayOutputStream fields = new ByteArrayOutputStream();
            Json.write(fields, json -> SampleJson.fields(json, event.fields()));
            text(fields.toString(UTF_8));
        } else {
            text("");
        }
    }

    private static String real(float value) {
        return Float.isFinite(value) ? NumberOutput.toString(value, true) : "";
    }

    private void number(String cell) {
        line.append(cell).append(',');
    }

    private void text(String cell) {
        // A spreadsheet takes what begins so for a formula, and the text comes from a device that anybody may have set.
        String harmless = !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
        if (harmless.indexOf(',') >= 0 || harmless.indexOf('"') >= 0 || harmless.indexOf('\r') >= 0
                || harmless.indexOf('\n') >= 0) {
            line.append('"').append(harmless.replace("\"", "\"\"")).append("\",");
        } else {
            line.append(harmless).append(',');
        }
    }
}
