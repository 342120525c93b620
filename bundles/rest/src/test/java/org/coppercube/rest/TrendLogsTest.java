// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class TrendLogsTest {

    private static final String PATH = TrendLogResource.PATH;

    private final GeneratedArchive archive = new GeneratedArchive();
    private final DemoNetwork network = new DemoNetwork();
    private final TrendLogResource resource = new TrendLogResource(archive);

    @Rule
    public final RestServer server = new RestServer().with(resource, PATH + "/*");

    @Before
    public void oneLogInBothOneFoundOneLeftOver() {
        resource.collections = List.of(network);
        archive.add(DemoNetwork.log("hq.1200.TL5", "Supply air"), 3, TrendLogsTest::sample);
        network.add(DemoNetwork.log("hq.1200.TL5", "Supply air"), true);
        network.add(DemoNetwork.log("hq.1200.TL10", "Found"), false);
        archive.add(DemoNetwork.log("annex.77.TLM2.3", "Left over"), 3, TrendLogsTest::sample);
    }

    @Test
    public void anItemHasEveryFieldOfTheContract() throws Exception {
        String expected = """
                {"id":"hq.1200.TL5","site":"hq","device":{"instance":1200,"name":"AHU-1200"},\
                "object":{"type":"trend-log","instance":5,"name":"Trend 5"},\
                "logged":{"device":1200,"object":"analog-input,3","property":"present-value"},\
                "name":"Supply air","units":"degrees-celsius","timeZone":"Europe/London","intervalSeconds":900,\
                "bufferSize":5000,"archived":true,"samples":3,"lost":7,\
                "first":"1970-01-01T00:00:00.00Z","last":"1970-01-01T00:00:00.02Z","lastSequence":3,\
                "state":{"health":"ok","lastAttempt":"2026-11-23T08:00:00.12Z",\
                "lastSuccess":"2026-11-23T08:00:00.12Z","cause":null,"nextVisit":"2026-11-23T08:01:00.12Z",\
                "overflowAt":null,"mode":null,"advice":null}}""";
        assertEquals(expected, server.get(PATH + "/hq.1200.TL5").body());
        assertEquals(RestServer.JSON.readTree(expected), server.json(PATH).get("items").get(1));
    }

    @Test
    public void theListHasWhatTheArchiveOrACollectorKnowsById() throws Exception {
        assertEquals(List.of("annex.77.TLM2.3", "hq.1200.TL5", "hq.1200.TL10"), ids(""));
    }

    @Test
    public void aLogThatWasFoundAndNotArchivedSaysSo() throws Exception {
        JsonNode found = server.json(PATH + "/hq.1200.TL10");
        assertFalse(found.get("archived").asBoolean());
        assertEquals(0, found.get("samples").asLong());
        for (String field : new String[] {"first", "last", "lastSequence"}) {
            assertTrue(field, found.get(field).isNull());
        }
        assertEquals(0, server.json(PATH + "/hq.1200.TL10/samples").get("samples").size());
    }

    @Test
    public void aLogWhoseCollectorIsAwayHasNoState() throws Exception {
        JsonNode left = server.json(PATH + "/annex.77.TLM2.3");
        assertTrue(left.get("archived").asBoolean());
        assertTrue(left.get("state").isNull());
        assertEquals("trend-log-multiple", left.get("object").get("type").asText());
    }

    @Test
    public void intervalsAreExactAndWhatTheDeviceDoesNotSayIsNull() throws Exception {
        network.add(new TrendLog(TrendLogId.parse("hq.9.TL1"), "n", "", "", null, "", ZoneId.of("UTC"),
                Duration.ofMillis(250), 0), true);
        JsonNode log = server.json(PATH + "/hq.9.TL1");
        assertEquals("0.25", log.get("intervalSeconds").asText());
        assertTrue(log.get("logged").isNull());
    }

    @Test
    public void aLogTellsHowItIsReadAndWhatItNeeds() throws Exception {
        network.add(DemoNetwork.log("hq.9.TL1", "Overflows"), true, LogState.Mode.TIME,
                new LogState.Advice(12_000, Duration.ofMinutes(10)));
        network.add(DemoNetwork.log("hq.9.TL2", "On change"), true, LogState.Mode.POSITION,
                new LogState.Advice(12_000, null));
        JsonNode state = server.json(PATH + "/hq.9.TL1").get("state");
        assertEquals("time", state.get("mode").asText());
        assertEquals("{\"bufferSize\":12000,\"intervalSeconds\":600}", state.get("advice").toString());
        state = server.json(PATH + "/hq.9.TL2").get("state");
        assertEquals("position", state.get("mode").asText());
        assertEquals("{\"bufferSize\":12000,\"intervalSeconds\":null}", state.get("advice").toString());
    }

    @Test
    public void eventLogsAndMembersOfMultipleLogsAreLogsLikeOthers() throws Exception {
        for (String id : List.of("hq.1200.EL1", "hq.1200.TLM2.3")) {
            archive.add(DemoNetwork.log(id, id), 3, TrendLogsTest::sample);
            network.add(DemoNetwork.log(id, id), true);
            JsonNode log = server.json(PATH + "/" + id);
            assertEquals(id, log.get("id").asText());
            assertEquals(id.contains("EL") ? "event-log" : "trend-log-multiple",
                    log.get("object").get("type").asText());
            assertEquals(List.of(id), ids("?q=" + id));
            assertEquals(3, server.json(PATH + "/" + id + "/samples").get("samples").size());
            assertEquals(202, post("/" + id + "/collect").statusCode());
            assertTrue(server.get(PATH + "/" + id + "/samples?format=csv").headers()
                    .firstValue("Content-Disposition").orElseThrow().contains(id + ".csv"));
        }
    }

    @Test
    public void filtersNarrowTheList() throws Exception {
        assertEquals(List.of("annex.77.TLM2.3"), ids("?site=annex"));
        assertEquals(List.of("hq.1200.TL5", "hq.1200.TL10"), ids("?device=1200"));
        assertEquals(List.of("hq.1200.TL5"), ids("?q=SUPPLY+a"));
        assertEquals(List.of("hq.1200.TL10"), ids("?q=trend%2010"));
        assertEquals(List.of("annex.77.TLM2.3"), ids("?q=ahu-77"));
        assertEquals(List.of("annex.77.TLM2.3"), ids("?q=tlm"));
        assertEquals(List.of(), ids("?site=hq&device=77"));
        assertEquals(3, ids("?q=").size());
    }

    @Test
    public void pagesHaveEachLogOnce() throws Exception {
        List<String> expected = new ArrayList<>();
        network.logs.clear();
        for (int i = 1; i <= 250; i++) {
            network.add(DemoNetwork.log("hq.2000.TL" + i, "Room " + i), true);
            expected.add("hq.2000.TL" + i);
        }
        List<String> seen = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        for (String cursor = ""; cursor != null;) {
            JsonNode page = server.json(PATH + "?device=2000" + cursor);
            page.get("items").forEach(item -> seen.add(item.get("id").asText()));
            sizes.add(page.get("items").size());
            cursor = page.get("next").isNull() ? null : "&cursor=" + page.get("next").asText();
        }
        assertEquals(expected, seen);
        assertEquals(List.of(100, 100, 50), sizes);
        assertTrue(server.json(PATH + "?device=2000&limit=250").get("next").isNull());
    }

    @Test
    public void collectAsksTheNetworkThatHasTheLog() throws Exception {
        HttpResponse<String> answer = post("/hq.1200.TL10/collect");
        assertEquals(202, answer.statusCode());
        assertEquals("{\"id\":\"hq.1200.TL10\",\"visits\":1}", answer.body());
        assertEquals(List.of(TrendLogId.parse("hq.1200.TL10")), network.visits);
    }

    @Test
    public void collectOfALogThatNobodyHasNowIsAConflict() throws Exception {
        HttpResponse<String> answer = post("/annex.77.TLM2.3/collect");
        assertEquals(409, answer.statusCode());
        assertEquals("/docs/problems/not-collected", RestServer.JSON.readTree(answer.body()).get("type").asText());
    }

    @Test
    public void collectWithoutACollectorComesBackLater() throws Exception {
        resource.collections = List.of();
        HttpResponse<String> answer = post("/hq.1200.TL5/collect");
        assertEquals(503, answer.statusCode());
        assertEquals("5", answer.headers().firstValue("Retry-After").orElseThrow());
        assertEquals(404, post("/hq.1200.TL99/collect").statusCode());
    }

    @Test
    public void anArchiveThatFailsIsAwayForAMoment() throws Exception {
        archive.failAfter = 0;
        for (String path : new String[] {"", "/hq.1200.TL5", "/hq.1200.TL5/samples"}) {
            HttpResponse<String> answer = server.get(PATH + path);
            assertEquals(path, 503, answer.statusCode());
            assertEquals("5", answer.headers().firstValue("Retry-After").orElseThrow());
            assertFalse(answer.body(), answer.body().contains("disk"));
        }
    }

    private HttpResponse<String> post(String path) throws Exception {
        return server.send("POST", PATH + path, BodyHandlers.ofString());
    }

    private List<String> ids(String query) throws Exception {
        List<String> ids = new ArrayList<>();
        server.json(PATH + query).get("items").forEach(item -> ids.add(item.get("id").asText()));
        return ids;
    }

    private static GeneratedArchive.Numbered sample(long i) {
        return new GeneratedArchive.Numbered(1, new Sample(i + 1, i, 0, new Reading.Real(1)));
    }
}
