// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.Test;

/** Each package of the bundle knows only those before it. */
public class PackagesTest {
    private static final List<String> ORDER =
            List.of(".message", ".settings", ".link", ".exchange", ".log", ".device", "");
    private static final Pattern DEPENDENCY = Pattern.compile("^ *(\\S+) +-> (\\S+) ", Pattern.MULTILINE);

    @Test
    public void eachKnowsOnlyThoseBeforeIt() throws Exception {
        Path classes = Path.of(Collector.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        StringWriter told = new StringWriter();
        ToolProvider.findFirst("jdeps").orElseThrow()
                .run(new PrintWriter(told), new PrintWriter(told), "-verbose:package", classes.toString());
        List<MatchResult> own = DEPENDENCY.matcher(told.toString()).results()
                .filter(one -> place(one.group(1)) >= 0 && place(one.group(2)) >= 0).toList();
        assertEquals(told.toString(), ORDER.size() - 1, own.stream().map(one -> one.group(1)).distinct().count());
        assertEquals(List.of(), own.stream().filter(one -> place(one.group(1)) <= place(one.group(2)))
                .map(MatchResult::group).toList());
    }

    /** Its place in the order; -1 for somebody else's package. */
    private static int place(String name) {
        String base = Collector.class.getPackageName();
        return name.startsWith(base) ? ORDER.indexOf(name.substring(base.length())) : -1;
    }
}
