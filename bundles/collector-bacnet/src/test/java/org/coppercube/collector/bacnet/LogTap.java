// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads along what is logged: the tests' SLF4J writes to whatever standard error is at the moment. */
final class LogTap implements AutoCloseable {
    private static final Pattern LINE = Pattern.compile("\\[[^]]*] (ERROR|WARN|INFO) \\S+ - .*");
    private static final Pattern FAULT =
            Pattern.compile("\\[[^]]*] ERROR .*|\\tat .*|\\[[^]]*] \\w+ com\\.serotonin.*");

    private static final int MOST = 20; // of the lines are shown: a flood is no help to a reader

    private final PrintStream usual = System.err;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    LogTap() {
        System.setErr(new PrintStream(heard, true, StandardCharsets.UTF_8));
    }

    /** What was said to an operator since {@link #forget}. */
    List<String> lines() {
        return all().filter(line -> LINE.matcher(line).matches()).toList();
    }

    /** Of these, what an operator should look at. */
    List<String> warnings() {
        return lines().stream().filter(line -> !line.contains("] INFO ")).toList();
    }

    /** What must never be: errors, stack traces, and the library's complaints about somebody else's datagrams. */
    List<String> faults() {
        return all().filter(line -> FAULT.matcher(line).matches()).toList();
    }

    private Stream<String> all() {
        return heard.toString(StandardCharsets.UTF_8).lines();
    }

    void forget() {
        all().limit(MOST).forEach(usual::println);
        heard.reset();
    }

    /** As {@link #forget}, and nobody else gets to read it either. */
    void skip() {
        heard.reset();
    }

    @Override
    public void close() {
        System.setErr(usual);
        forget();
    }
}
