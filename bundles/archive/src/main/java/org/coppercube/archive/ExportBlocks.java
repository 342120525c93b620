// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;

/**
 * Cuts the samples of a log into the blocks of an export. Where they are cut depends on the samples alone: when the run
 * changes, and after a sample with which a block has {@link #SAMPLES} samples or {@link #CHARACTERS} of text.
 */
final class ExportBlocks {

    static final int SAMPLES = 2_048;
    private static final int CHARACTERS = 65_536;

    /** Takes the blocks. */
    interface Sink {
        void block(Block block) throws IOException;
    }

    private final Sink sink;
    private List<Sample> samples = new ArrayList<>();
    private int characters;
    private int run;

    ExportBlocks(Sink sink) {
        this.sink = sink;
    }

    void add(Stretch stretch) throws IOException {
        if (stretch.run() != run) {
            end();
            run = stretch.run();
        }
        for (Sample sample : stretch.samples()) {
            samples.add(sample);
            characters += characters(sample.reading());
            if (samples.size() == SAMPLES || characters >= CHARACTERS) {
                end();
            }
        }
    }

    /** There are no more samples of this log, or of this run. */
    void end() throws IOException {
        if (!samples.isEmpty()) {
            sink.block(Block.tight(new Stretch(run, 1, samples)));
            samples = new ArrayList<>();
            characters = 0;
        }
    }

    private static int characters(Reading reading) {
        if (reading instanceof Reading.Text text) {
            return text.value().length();
        } else if (reading instanceof Reading.BitString string) {
            return string.bits().length();
        } else if (reading instanceof Reading.Undecodable undecodable) {
            return undecodable.raw().length();
        } else if (reading instanceof Reading.Any any) {
            return any.raw().length() + (any.value() == null ? 0 : characters(any.value()));
        } else if (reading instanceof Reading.Event event) {
            return event.raw().length() + event.fields().entrySet().stream()
                    .mapToInt(field -> field.getKey().length() + field.getValue().length()).sum();
        }
        return 0;
    }
}
