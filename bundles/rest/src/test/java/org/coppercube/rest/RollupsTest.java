// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.junit.Rule;
import org.junit.Test;

public class RollupsTest {

    private static final long T0 = Sample.hundredths(Instant.parse("2026-11-23T00:00:00Z"));
    private static final String LOG = "/api/v1/trend-logs/hq.1.TL1/samples";
    private static final int COUNT = 5_000;

    private final GeneratedArchive archive = new GeneratedArchive().add(DemoNetwork.log("hq.1.TL1", "Supply air"), COUNT,
            i -> new GeneratedArchive.Numbered(1, new Sample(i + 1, T0 + 100 * i, 0, new Reading.Real(i + 0.1f))));

    @Rule
    public final RestServer server =
            new RestServer().with(new TrendLogResource(archive), TrendLogResource.PATH + "/*");

    @Test
    public void aPageOfRowsTellsWhatWasAskedFor() throws Exception {
        assertEquals("{\"id\":\"hq.1.TL1\",\"units\":\"degrees-celsius\",\"timeZone\":\"Europe/London\","
                + "\"interval\":\"15m\",\"samples\":[{\"ts\":\"2026-11-23T00:00:00.00Z\",\"value\":0.1,\"count\":4},"
                + "{\"ts\":\"2026-11-23T00:00:01.00Z\",\"value\":1.1,\"count\":4}],\"next\":null}",
                server.get(LOG + "?interval=15m&fn=min&to=2026-11-23T00:00:02Z").body());
        assertEquals(Set.of("15m"), Set.copyOf(archive.asked));
    }

    @Test
    public void realsAreShortAndSumsHaveAllDigits() throws Exception {
        assertEquals("1.1", value("min"));
        assertEquals("1.6", value("max"));
        assertEquals("1.200000023841858", value("last"));
        assertEquals("4", value("count"));
        assertEquals("beyond all numbers", "null", value("sum"));
        assertEquals("null", value("avg"));
    }

    private String value(String function) throws Exception {
        JsonNode rows = server.json(LOG + "?interval=1d&limit=1&from=2026-11-23T00:00:01Z&fn=" + function)
                .get("samples");
        assertEquals(1, rows.size());
        return rows.get(0).get("value").toString();
    }

    @Test
    public void pagesHaveEachRowOnceAndInOrder() throws Exception {
        List<String> seen = new ArrayList<>();
        for (String cursor = ""; cursor != null;) {
            JsonNode page = server.json(LOG + "?interval=1h&fn=count&limit=2999" + cursor);
            page.get("samples").forEach(row -> seen.add(row.get("ts").asText()));
            cursor = page.get("next").isNull() ? null : "&cursor=" + page.get("next").asText();
        }
        assertEquals(COUNT, seen.size());
        assertEquals(seen.stream().distinct().sorted().toList(), seen);
        assertEquals(1_000, server.json(LOG + "?interval=1h&fn=avg").get("samples").size());
        assertTrue("asked for " + archive.largestPage, archive.largestPage <= 2_049);
    }

    @Test
    public void aCursorIsOfItsIntervalOnly() throws Exception {
        String next = server.json(LOG + "?interval=1h&fn=avg&limit=1").get("next").asText();
        assertEquals(200, server.get(LOG + "?interval=1h&fn=sum&cursor=" + next).statusCode());
        assertEquals(400, server.get(LOG + "?interval=2h&fn=avg&cursor=" + next).statusCode());
        assertEquals(400, server.get(LOG + "?cursor=" + next).statusCode());
    }

    @Test
    public void linesAndTablesHaveAllRows() throws Exception {
        HttpResponse<String> lines = server.get(LOG + "?interval=1h&fn=max&format=ndjson");
        assertEquals("application/x-ndjson", lines.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(COUNT, lines.body().lines().count());
        assertEquals("{\"ts\":\"2026-11-23T00:00:00.00Z\",\"value\":0.6,\"count\":4}",
                lines.body().lines().findFirst().orElseThrow());
        String[] table = server.get(LOG + "?interval=1h&fn=sum", "Accept", "text/csv").body().split("\r\n");
        assertEquals(COUNT + 1, table.length);
        assertEquals("ts,value,count", table[0]);
        assertEquals("2026-11-23T00:00:01.00Z,,4", table[2]);
        assertEquals(6, server.get(LOG + "?interval=1h&fn=sum&limit=5", "Accept", "text/csv").body().lines().count());
    }

    @Test
    public void anArchiveThatIsAwayIsToldBeforeTheAnswerBegins() throws Exception {
        archive.failAfter = 0;
        assertEquals(503, server.get(LOG + "?interval=1h&fn=avg").statusCode());
    }
}
