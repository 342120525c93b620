// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.log;

import java.util.ArrayList;
import java.util.List;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLogId;
import org.coppercube.collector.bacnet.MemoryIntake;

/** What an archive holds of a log, in few words: {@code 1: 1-50 OVERFLOW 51-60 61-80, 2: 1-5}. */
final class Story {
    private Story() {
    }

    static String of(MemoryIntake intake, TrendLogId id) {
        List<String> runs = new ArrayList<>();
        for (int run = 1; !intake.samples(id, run).isEmpty(); run++) {
            runs.add(run + ":" + of(intake.samples(id, run)));
        }
        return String.join(", ", runs);
    }

    private static String of(List<Sample> samples) {
        StringBuilder story = new StringBuilder();
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            story.append(' ');
            if (sample.reading() instanceof Reading.Gap gap) {
                story.append(gap.cause()).append(' ');
            }
            long last = sample.lastSequence();
            while (!(sample.reading() instanceof Reading.Gap) && i + 1 < samples.size()
                    && !(samples.get(i + 1).reading() instanceof Reading.Gap)
                    && samples.get(i + 1).sequence() == last + 1) {
                last = samples.get(++i).sequence();
            }
            story.append(sample.sequence()).append(last > sample.sequence() ? "-" + last : "");
        }
        return story.toString();
    }
}
