// SPDX-License-Identifier: Apache-2.0
package org.coppercube.shell;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.coppercube.api.archive.ArchiveQuery;
import org.coppercube.api.trend.TrendLogId;

/** The trend logs of the archive that somebody means: by id, by site, or by a pattern with {@code *}. */
final class Selection {

    private Selection() {
    }

    /** @param texts none for all. @throws IllegalArgumentException naming what fits no log */
    static SortedSet<TrendLogId> of(List<String> texts, ArchiveQuery archive) {
        SortedSet<TrendLogId> all = archive.holdings().stream().map(holding -> holding.log().id())
                .collect(Collectors.toCollection(TreeSet::new));
        SortedSet<TrendLogId> selected = new TreeSet<>();
        for (String text : texts) {
            List<TrendLogId> fitting = all.stream().filter(id -> fits(text, id)).toList();
            if (fitting.isEmpty()) {
                throw new IllegalArgumentException("The archive has no trend log " + text + "; see cube:trend-list");
            }
            selected.addAll(fitting);
        }
        return texts.isEmpty() ? all : selected;
    }

    private static boolean fits(String text, TrendLogId id) {
        String pattern = Pattern.quote(text).replace("*", "\\E.*\\Q");
        return id.site().equals(text) || id.toString().matches(pattern);
    }
}
