// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.coppercube.api.archive.Loss;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Reading.Gap.Cause;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLogId;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class CompletenessTest {

    private static final String PATH = CompletenessResource.PATH;
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

    private final GeneratedArchive archive = new GeneratedArchive();

    @Rule
    public final RestServer server = new RestServer().with(new CompletenessResource(archive), PATH);

    @Before
    public void someLosses() {
        held("annex.7.EL1", 4);
        held("hq.20.TL9", 11);
        held("hq.100.TL1", 3);
        held("hq.100.TLM2.3", 0);
        lost("annex.7.EL1", MONDAY, Cause.WRAP, 4);
        lost("hq.100.TL1", MONDAY, Cause.OVERFLOW, 5);
        lost("hq.100.TL1", MONDAY.plusDays(1), Cause.OVERFLOW, 1);
        lost("hq.100.TL1", MONDAY.plusDays(1), Cause.DEVICE_AWAY, 1);
    }

    @Test
    public void everyLogTellsWhatIsHeldAndWhatIsLostAndWhy() throws Exception {
        assertEquals("{\"items\":["
                + "{\"log\":\"annex.7.EL1\",\"samples\":4,\"lost\":4,\"causes\":{\"wrap\":4},\"completeness\":0.5},"
                + "{\"log\":\"hq.20.TL9\",\"samples\":11,\"lost\":0,\"causes\":{},\"completeness\":1},"
                + "{\"log\":\"hq.100.TL1\",\"samples\":3,\"lost\":7,\"causes\":{\"overflow\":6,\"device-away\":1},"
                + "\"completeness\":0.3},"
                + "{\"log\":\"hq.100.TLM2.3\",\"samples\":0,\"lost\":0,\"causes\":{},\"completeness\":null}],"
                + "\"next\":null}", server.get(PATH).body());
        assertEquals(server.get(PATH).body(), server.get(PATH + "?group=log").body());
    }

    @Test
    public void devicesSitesAndDaysAreSums() throws Exception {
        assertEquals("[{\"site\":\"annex\",\"device\":7,\"samples\":4,\"lost\":4,\"causes\":{\"wrap\":4},"
                + "\"completeness\":0.5},"
                + "{\"site\":\"hq\",\"device\":20,\"samples\":11,\"lost\":0,\"causes\":{},\"completeness\":1},"
                + "{\"site\":\"hq\",\"device\":100,\"samples\":3,\"lost\":7,"
                + "\"causes\":{\"overflow\":6,\"device-away\":1},\"completeness\":0.3}]", items("?group=device"));
        assertEquals("[{\"site\":\"annex\",\"samples\":4,\"lost\":4,\"causes\":{\"wrap\":4},\"completeness\":0.5},"
                + "{\"site\":\"hq\",\"samples\":14,\"lost\":7,\"causes\":{\"overflow\":6,\"device-away\":1},"
                + "\"completeness\":0.666666}]", items("?group=site"));
        assertEquals("[{\"day\":\"2026-11-23\",\"lost\":9,\"causes\":{\"overflow\":5,\"wrap\":4}},"
                + "{\"day\":\"2026-11-24\",\"lost\":2,\"causes\":{\"overflow\":1,\"device-away\":1}}]",
                items("?group=day"));
    }

    @Test
    public void filtersChooseLogs() throws Exception {
        assertEquals(List.of("annex.7.EL1"), logs("?site=annex"));
        assertEquals(List.of("hq.100.TL1", "hq.100.TLM2.3"), logs("?device=100"));
        assertEquals(List.of("hq.100.TLM2.3"), logs("?log=hq.100.TLM2.3"));
        assertEquals(List.of(), logs("?site=annex&device=100"));
        assertEquals("[{\"day\":\"2026-11-23\",\"lost\":4,\"causes\":{\"wrap\":4}}]", items("?group=day&site=annex"));
    }

    @Test
    public void daysChooseLossesAndLeaveWhatIsHeld() throws Exception {
        assertEquals("[{\"log\":\"hq.100.TL1\",\"samples\":3,\"lost\":5,\"causes\":{\"overflow\":5},"
                + "\"completeness\":null}]", items("?log=hq.100.TL1&from=2026-11-23&to=2026-11-24"));
        assertEquals("[{\"day\":\"2026-11-24\",\"lost\":2,\"causes\":{\"overflow\":1,\"device-away\":1}}]",
                items("?group=day&from=2026-11-24"));
        assertEquals("[]", items("?group=day&from=2026-11-24&to=2026-11-24"));
    }

    @Test
    public void noLossIsRoundedAway() throws Exception {
        held("hq.300.TL1", 13_000_000_000_000L);
        lost("hq.300.TL1", MONDAY, Cause.PURGE, 1);
        JsonNode item = server.json(PATH + "?log=hq.300.TL1").get("items").get(0);
        assertTrue(item.toString(), item.get("completeness").asDouble() < 1);
        assertTrue(server.get(PATH + "?log=hq.300.TL1").body().contains("\"completeness\":0.9999999999999"));
    }

    @Test
    public void pagesHaveEachItemOnce() throws Exception {
        for (String group : new String[] {"log", "device", "site", "day"}) {
            List<JsonNode> seen = new ArrayList<>();
            for (String cursor = ""; cursor != null && seen.size() < 100;) {
                JsonNode page = server.json(PATH + "?limit=1&group=" + group + cursor);
                page.get("items").forEach(seen::add);
                cursor = page.get("next").isNull() ? null : "&cursor=" + page.get("next").asText();
            }
            assertEquals(items("?group=" + group), seen.toString().replace(", ", ","));
        }
        String next = server.json(PATH + "?limit=1&group=site").get("next").asText();
        assertEquals(400, server.get(PATH + "?limit=1&group=day&cursor=" + next).statusCode());
    }

    @Test
    public void anArchiveThatFailsIsAwayForAMoment() throws Exception {
        archive.failAfter = 0;
        HttpResponse<String> answer = server.get(PATH + "?group=day");
        assertEquals(503, answer.statusCode());
        assertEquals("5", answer.headers().firstValue("Retry-After").orElseThrow());
    }

    private void held(String log, long samples) {
        archive.add(DemoNetwork.log(log, log), samples,
                i -> new GeneratedArchive.Numbered(1, new Sample(i & 0xFFFF, i, 0, new Reading.Null())));
    }

    private void lost(String log, LocalDate day, Cause cause, long records) {
        archive.losses.add(new Loss(TrendLogId.parse(log), day, cause, records));
    }

    private String items(String query) throws Exception {
        String body = server.get(PATH + query).body();
        return body.substring("{\"items\":".length(), body.lastIndexOf(",\"next\""));
    }

    private List<String> logs(String query) throws Exception {
        List<String> logs = new ArrayList<>();
        server.json(PATH + query).get("items").forEach(item -> logs.add(item.get("log").asText()));
        return logs;
    }
}
