// SPDX-License-Identifier: Apache-2.0
package org.coppercube.gui;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.coppercube.api.archive.Totals;
import org.coppercube.api.health.Health.Level;

/** Writes the status page. Every value goes through {@link #text}. */
final class StatusHtml {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private StatusHtml() {
    }

    static String of(Bearings bearings, Instant now) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s · CopperCube</title>
                <link rel="icon" href="/favicon.svg">
                <link rel="stylesheet" href="/gui/vendor/pico.min.css">
                <link rel="stylesheet" href="/gui/gui.css">
                </head>
                <body class="status-page">
                <a class="skip" href="#main">Skip to content</a>
                <header>
                <a class="brand" href="/"><img src="/favicon.svg" alt="" width="36" height="36"> CopperCube</a>
                <nav aria-label="Main"><a role="button" href="/gui/">Open</a></nav>
                </header>
                <main id="main">
                <section class="verdict %2$s">
                <h1>%1$s</h1>
                <p>%3$s</p>
                </section>
                %4$s
                <section aria-labelledby="parts">
                <h2 id="parts">Parts</h2>
                <ul class="parts">
                %5$s
                </ul>
                </section>
                <p class="quiet">As of %6$s. <a href="/status">Look again</a></p>
                </main>
                </body>
                </html>
                """.formatted(headline(bearings.level()), css(bearings.level()), sentence(bearings), figures(bearings),
                bearings.parts().stream().map(StatusHtml::part).collect(Collectors.joining("\n")), TIME.format(now));
    }

    private static String headline(Level level) {
        return switch (level) {
            case OK -> "Operating correctly";
            case DEGRADED -> "Operating, but needs attention";
            case FAILED -> "Not operating correctly";
        };
    }

    private static String sentence(Bearings bearings) {
        if (!bearings.collecting()) {
            return "No trend logs are being collected at the moment.";
        }
        return bearings.late() == 0 ? "All archived trend logs are up to date."
                : "Trend logs are being collected; " + number(bearings.late()) + " of " + number(bearings.archived())
                + " are overdue.";
    }

    private static String figures(Bearings bearings) {
        Totals totals = bearings.totals();
        List<String> figures = totals == null
                ? List.of(figure("Trend logs archived", bearings.archived()))
                : List.of(figure("Trend logs archived", bearings.archived()), figure("Samples held", totals.samples()),
                        figure("Arrived in 24 hours", totals.lastDay()), figure("Records lost", totals.lost()));
        return figures.stream().collect(Collectors.joining("\n", "<dl class=\"figures\">\n", "\n</dl>"));
    }

    private static String figure(String what, long count) {
        return "<div><dt>" + text(what) + "</dt><dd>" + number(count) + "</dd></div>";
    }

    private static String part(Bearings.Part part) {
        return "<li><span class=\"kind\">" + text(part.kind()) + "</span> <span class=\"state " + css(part.level())
                + "\">" + word(part.level()) + "</span> <span class=\"line\">" + text(part.line()) + "</span></li>";
    }

    private static String word(Level level) {
        return switch (level) {
            case OK -> "OK";
            case DEGRADED -> "Look";
            case FAILED -> "Failed";
        };
    }

    private static String css(Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    private static String number(long count) {
        return String.format(Locale.ENGLISH, "%,d", count);
    }

    private static String text(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
