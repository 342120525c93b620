// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.util.List;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;

/** What decoded samples take in memory, in bytes: of a JVM with compressed references, rounded up. */
final class Footprint {

    /** A sample and its place in a list. */
    private static final int SAMPLE = 52;
    private static final int READING = 24;
    /** A text besides its letters, of which each may take two bytes. */
    private static final int TEXT = 48;
    /** A field of an event besides its two texts. */
    private static final int FIELD = 40;

    private Footprint() {
    }

    static int of(List<Sample> samples) {
        if (samples instanceof ColumnSamples columns) {
            return columns.bytes();
        }
        long bytes = 0;
        for (Sample sample : samples) {
            bytes += SAMPLE + of(sample.reading());
        }
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }

    static long of(Reading reading) {
        if (reading instanceof Reading.Text text) {
            return READING + of(text.value());
        } else if (reading instanceof Reading.BitString string) {
            return READING + of(string.bits());
        } else if (reading instanceof Reading.Undecodable undecodable) {
            return READING + of(undecodable.raw());
        } else if (reading instanceof Reading.Any any) {
            return READING + of(any.raw()) + (any.value() == null ? 0 : of(any.value()));
        } else if (reading instanceof Reading.Event event) {
            return 2 * READING + TEXT + of(event.raw()) + event.fields().entrySet().stream()
                    .mapToLong(field -> FIELD + of(field.getKey()) + of(field.getValue())).sum();
        }
        return READING;
    }

    private static long of(String text) {
        return TEXT + 2L * text.length();
    }
}
