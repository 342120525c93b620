// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.junit.Rule;
import org.junit.Test;

public class SamplesTest {

    private static final long T0 = Sample.hundredths(Instant.parse("2026-01-01T00:00:00Z"));
    private static final String MANY = "/api/v1/trend-logs/hq.1200.TL5/samples";
    private static final String MILLION = "/api/v1/trend-logs/hq.1200.TL6/samples";
    private static final int COUNT = 25_000;

    /** One sample a minute; after 10,000 the device has begun to count anew. */
    private final GeneratedArchive archive = new GeneratedArchive()
            .add(DemoNetwork.log("hq.1200.TL5", "Supply air"), COUNT, i -> new GeneratedArchive.Numbered(
                    i < 10_000 ? 1 : 2, sample(i < 10_000 ? i + 1 : i - 9_999, i)))
            .add(DemoNetwork.log("hq.1200.TL6", "Return air"), 1_000_000,
                    i -> new GeneratedArchive.Numbered(1, sample(i + 1, i)));

    @Rule
    public final RestServer server =
            new RestServer().with(new TrendLogResource(archive), TrendLogResource.PATH + "/*");

    @Test
    public void pagesHaveEachRecordOnceAndInOrder() throws Exception {
        List<String> seen = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonNode page = server.json(MANY + "?limit=3000" + cursor);
            page.get("samples").forEach(each -> seen.add(each.get("run") + "/" + each.get("seq")));
            cursor = page.get("next").isNull() ? null : "&cursor=" + page.get("next").asText();
            pages++;
        } while (cursor != null);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            expected.add(i < 10_000 ? "1/" + (i + 1) : "2/" + (i - 9_999));
        }
        assertEquals(expected, seen);
        assertEquals(9, pages);
    }

    @Test
    public void aPageHas1000UnlessAskedOtherwise() throws Exception {
        assertEquals(1_000, server.json(MANY).get("samples").size());
        assertEquals(10_000, server.json(MANY + "?limit=10000").get("samples").size());
        assertEquals(5, server.get(MANY + "?format=ndjson&limit=5").body().lines().count());
    }

    @Test
    public void fromIsInclusiveAndToIsNot() throws Exception {
        assertEquals(List.of(61L, 62L), sequences("?from=2026-01-01T01:00:00Z&to=2026-01-01T01:02:00Z"));
        assertEquals("a hundredth later", List.of(62L, 63L),
                sequences("?from=2026-01-01T01:00:00.01Z&to=2026-01-01T01:02:00.01Z"));
        assertEquals("finer than a sample's time", List.of(62L, 63L),
                sequences("?from=2026-01-01T01:00:00.001Z&to=2026-01-01T01:02:00.001Z"));
        assertEquals(List.of(), sequences("?from=2026-01-01T01:00:00Z&to=2026-01-01T01:00:00Z"));
    }

    @Test
    public void timesMayHaveAnyOffsetAndItsPlusMayBeForgottenToEscape() throws Exception {
        for (String hour : new String[] {"02:00:00%2B01:00", "02:00:00+01:00", "00:00:00-01:00", "01:00:00z"}) {
            assertEquals(hour, List.of(61L), sequences("?from=2026-01-01T" + hour + "&to=2026-01-01t01:01:00Z"));
        }
    }

    @Test
    public void aCursorIsOfItsRangeOnly() throws Exception {
        String next = server.json(MANY + "?limit=1").get("next").asText();
        assertEquals(400, server.get(MANY + "?cursor=" + next + "&to=2026-06-01T00:00:00Z").statusCode());
        assertEquals(400, server.get(MILLION + "?cursor=" + next).statusCode());
        assertEquals(List.of(2L, 3L), sequences("?limit=2&cursor=" + next));
    }

    @Test
    public void aMillionSamplesStreamInLittleMemory() throws Exception {
        assertTrue("this proves nothing in a large heap", Runtime.getRuntime().maxMemory() < 100_000_000);
        HttpResponse<InputStream> answer =
                server.send("GET", MILLION + "?format=ndjson", BodyHandlers.ofInputStream());
        assertEquals(1_000_000, lines(answer.body(), "\"seq\":"));
        assertTrue("asked for " + archive.largestPage, archive.largestPage <= 2_048);
    }

    @Test
    public void aMillionRowsAreZippedOnTheWay() throws Exception {
        HttpResponse<InputStream> answer = server.send("GET", MILLION, BodyHandlers.ofInputStream(), "Accept",
                "text/csv", "Accept-Encoding", "br;q=1.0, gzip;q=0.8");
        assertEquals("gzip", answer.headers().firstValue("Content-Encoding").orElseThrow());
        assertEquals(1_000_000, lines(new GZIPInputStream(answer.body()), ",real,"));
    }

    @Test
    public void nothingIsZippedForWhoDoesNotTakeIt() throws Exception {
        for (String encodings : new String[] {"identity", "gzip;q=0", "br"}) {
            HttpResponse<String> answer = server.get(MANY, "Accept-Encoding", encodings);
            assertFalse(encodings, answer.headers().firstValue("Content-Encoding").isPresent());
            assertEquals(1_000, RestServer.JSON.readTree(answer.body()).get("samples").size());
        }
    }

    @Test
    public void aFailureInMidStreamCutsTheConnection() {
        for (String encoding : new String[] {"identity", "gzip"}) {
            for (String format : new String[] {"ndjson", "csv"}) {
                archive.failAfter = 50_000;
                assertThrows(encoding + " " + format, IOException.class, () -> server.send("GET",
                        MILLION + "?format=" + format, BodyHandlers.discarding(), "Accept-Encoding", encoding));
            }
        }
        archive.failAfter = 8_000;
        assertThrows(IOException.class, () -> server.get(MANY + "?limit=10000"));
    }

    @Test
    public void aFailureBeforeAnythingWasSentIsAProblem() throws Exception {
        archive.failAfter = 2_100; // in the second page; the first, zipped, is still in the server's buffer
        HttpResponse<InputStream> answer = server.send("GET", MANY + "?format=csv", BodyHandlers.ofInputStream(),
                "Accept-Encoding", "gzip");
        assertEquals(503, answer.statusCode());
        assertEquals("5", answer.headers().firstValue("Retry-After").orElseThrow());
        assertFalse(answer.headers().firstValue("Content-Disposition").isPresent());
        JsonNode problem = RestServer.JSON.readTree(new GZIPInputStream(answer.body()));
        assertEquals("/docs/problems/archive-away", problem.get("type").asText());
    }

    @Test
    public void acceptChoosesTheFormatAndFormatWins() throws Exception {
        assertEquals("application/json", typeFor("", "*/*"));
        assertEquals("text/csv;charset=utf-8", typeFor("", "text/*, application/json;q=0.5"));
        assertEquals("application/x-ndjson", typeFor("", "application/json;q=0.1, application/*"));
        assertEquals("application/json", typeFor("", "text/html, application/xhtml+xml, */*;q=0.8"));
        assertEquals("application/x-ndjson", typeFor("&format=ndjson", "text/csv"));
        assertEquals("application/json", typeFor("&format=json", "image/png"));
    }

    @Test
    public void maxPointsGivesExtremesInEveryFormat() throws Exception {
        JsonNode page = server.json(MANY + "?maxPoints=500&from=2026-01-02T00:00:00Z");
        assertEquals(500, page.get("samples").size());
        assertTrue(page.get("next").isNull());
        assertEquals("2026-01-02T00:00:00.00Z", page.get("samples").get(0).get("ts").asText());
        assertEquals(500, server.get(MANY + "?maxPoints=500&format=ndjson").body().lines().count());
        assertEquals(501, server.get(MANY + "?maxPoints=500&format=csv").body().lines().count());
    }

    @Test
    public void headHasTheHeadersAndReadsNoMoreThanAPage() throws Exception {
        archive.failAfter = 3_000;
        HttpResponse<String> answer = server.send("HEAD", MILLION + "?format=csv", BodyHandlers.ofString());
        assertEquals(200, answer.statusCode());
        assertEquals("text/csv;charset=utf-8", answer.headers().firstValue("Content-Type").orElseThrow());
        assertEquals("", answer.body());
    }

    @Test
    public void aLogThatIsKnownButHoldsNothingHasNoSamples() throws Exception {
        archive.add(DemoNetwork.log("hq.1200.TL7", "New"), 0, i -> null);
        JsonNode page = server.json("/api/v1/trend-logs/hq.1200.TL7/samples");
        assertEquals(0, page.get("samples").size());
        assertTrue(page.get("next").isNull());
        assertEquals("", server.get("/api/v1/trend-logs/hq.1200.TL7/samples?format=ndjson").body());
    }

    private List<Long> sequences(String query) throws Exception {
        JsonNode page = server.json(MANY + query);
        assertNotNull(page.get("next"));
        List<Long> sequences = new ArrayList<>();
        page.get("samples").forEach(each -> sequences.add(each.get("seq").asLong()));
        return sequences;
    }

    private String typeFor(String query, String accept) throws Exception {
        return server.get(MANY + "?from=2027-01-01T00:00:00Z" + query, "Accept", accept).headers()
                .firstValue("Content-Type").orElseThrow();
    }

    private static long lines(InputStream in, String with) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
            return lines.lines().filter(line -> line.contains(with)).count();
        }
    }

    private static Sample sample(long sequence, long minute) {
        return new Sample(sequence, T0 + minute * 6_000, 0, new Reading.Real(20 + minute % 100 / 10f));
    }
}
