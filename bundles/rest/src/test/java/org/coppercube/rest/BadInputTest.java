// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.junit.ClassRule;
import org.junit.Test;

public class BadInputTest {

    private static final String LOGS = TrendLogResource.PATH;
    private static final String COMPLETENESS = CompletenessResource.PATH;
    private static final String SAMPLES = LOGS + "/hq.1.TL1/samples";
    private static final GeneratedArchive ARCHIVE = new GeneratedArchive().add(DemoNetwork.log("hq.1.TL1", "n"), 3,
            i -> new GeneratedArchive.Numbered(1, new Sample(i + 1, i, 0, new Reading.Real(1))));

    @ClassRule
    public static final RestServer SERVER = new RestServer().with(new TrendLogResource(ARCHIVE), LOGS + "/*")
            .with(new CompletenessResource(ARCHIVE), COMPLETENESS)
            .with(new NetworkResource(), NetworkResource.NETWORKS, NetworkResource.DEVICES)
            .with(new FallbackResource(), "/api/v1/*");

    /** Path, query, and the parameter that the problem must name. */
    private static final List<List<String>> TABLE = List.of(
            List.of(LOGS, "limit=0", "limit"), List.of(LOGS, "limit=-1", "limit"),
            List.of(LOGS, "limit=1001", "limit"), List.of(LOGS, "limit=1000000000", "limit"),
            List.of(LOGS, "limit=99999999999999999999", "limit"), List.of(LOGS, "limit=1e2", "limit"),
            List.of(LOGS, "limit=", "limit"), List.of(LOGS, "limit", "limit"),
            List.of(LOGS, "limit=1&limit=2", "limit"), List.of(LOGS, "device=ahu", "device"),
            List.of(LOGS, "device=-1", "device"), List.of(LOGS, "device=4194303", "device"),
            List.of(LOGS, "site=HQ", "site"), List.of(LOGS, "site=", "site"), List.of(LOGS, "site=a%00b", "site"),
            List.of(LOGS, "cursor=", "cursor"), List.of(LOGS, "cursor=abc", "cursor"),
            List.of(LOGS, "cursor=!!!", "cursor"), List.of(LOGS, "cursor=AAAAAGhxLjEuVEwx", "cursor"),
            List.of(LOGS, "from=2026-01-01T00:00:00Z", "from"), List.of(LOGS, "Limit=1", "Limit"),
            List.of(LOGS, "=1", ""),
            List.of(LOGS + "/hq.1.TL1", "limit=1", "limit"), List.of(NetworkResource.NETWORKS, "limit=1", "limit"),
            List.of(NetworkResource.DEVICES, "limit=0", "limit"), List.of(NetworkResource.DEVICES, "site=HQ", "site"),
            List.of(NetworkResource.DEVICES, "cursor=abc", "cursor"), List.of(NetworkResource.DEVICES, "q=x", "q"),
            List.of(COMPLETENESS, "group=month", "group"), List.of(COMPLETENESS, "group=", "group"),
            List.of(COMPLETENESS, "group=Log", "group"), List.of(COMPLETENESS, "site=HQ", "site"),
            List.of(COMPLETENESS, "device=x", "device"), List.of(COMPLETENESS, "log=TL1", "log"),
            List.of(COMPLETENESS, "log=hq.1.TLM1", "log"), List.of(COMPLETENESS, "from=23.11.2026", "from"),
            List.of(COMPLETENESS, "from=2026-11-23T04:00:00Z", "from"), List.of(COMPLETENESS, "from=", "from"),
            List.of(COMPLETENESS, "from=2026-02-29", "from"), List.of(COMPLETENESS, "to=-2026-11-23", "to"),
            List.of(COMPLETENESS, "to=%2B20261-11-23", "to"),
            List.of(COMPLETENESS, "from=2026-11-24&to=2026-11-23", "from"),
            List.of(COMPLETENESS, "limit=1001", "limit"), List.of(COMPLETENESS, "cursor=AAAAADE", "cursor"),
            List.of(COMPLETENESS, "q=x", "q"), List.of(LOGS, "log=hq.1.TL1", "log"),
            List.of(SAMPLES, "limit=0", "limit"), List.of(SAMPLES, "limit=10001", "limit"),
            List.of(SAMPLES, "format=csv&limit=1000000000", "limit"),
            List.of(SAMPLES, "from=yesterday", "from"), List.of(SAMPLES, "from=", "from"),
            List.of(SAMPLES, "from=2026-11-23", "from"), List.of(SAMPLES, "from=2026-11-23T04:00", "from"),
            List.of(SAMPLES, "from=2026-11-23T04:00:00", "from"), List.of(SAMPLES, "from=1795406400", "from"),
            List.of(SAMPLES, "from=2026-13-01T00:00:00Z", "from"),
            List.of(SAMPLES, "from=2026-02-29T00:00:00Z", "from"), List.of(SAMPLES, "to=2026-11-23T24:00:01Z", "to"),
            List.of(SAMPLES, "to=2026-11-23T04:00:00+25:00", "to"),
            List.of(SAMPLES, "from=2026-11-23T00:00:00Z&to=2026-11-22T00:00:00Z", "from"),
            List.of(SAMPLES, "cursor=AAAAADE", "cursor"), List.of(SAMPLES, "format=xml", "format"),
            List.of(SAMPLES, "format=JSON", "format"), List.of(SAMPLES, "maxPoints=1", "maxPoints"),
            List.of(SAMPLES, "maxPoints=many", "maxPoints"), List.of(SAMPLES, "maxPoints=1000000000", "maxPoints"),
            List.of(SAMPLES, "maxPoints=10&cursor=AAAAADE", "cursor"),
            List.of(SAMPLES, "maxPoints=10&limit=5", "limit"),
            List.of(SAMPLES, "interval=15m", "interval"), List.of(SAMPLES, "fn=avg", "fn"),
            List.of(SAMPLES, "interval=15m&fn=", "fn"), List.of(SAMPLES, "interval=15m&fn=mean", "fn"),
            List.of(SAMPLES, "interval=15m&fn=AVG", "fn"), List.of(SAMPLES, "fn=avg&interval=", "interval"),
            List.of(SAMPLES, "fn=avg&interval=15", "interval"), List.of(SAMPLES, "fn=avg&interval=m", "interval"),
            List.of(SAMPLES, "fn=avg&interval=0m", "interval"), List.of(SAMPLES, "fn=avg&interval=-1m", "interval"),
            List.of(SAMPLES, "fn=avg&interval=1.5h", "interval"), List.of(SAMPLES, "fn=avg&interval=15M", "interval"),
            List.of(SAMPLES, "fn=avg&interval=1y", "interval"), List.of(SAMPLES, "fn=avg&interval=PT15M", "interval"),
            List.of(SAMPLES, "fn=avg&interval=100001s", "interval"),
            List.of(SAMPLES, "fn=avg&interval=9999999999s", "interval"),
            List.of(SAMPLES, "fn=avg&interval=1h&maxPoints=10", "maxPoints"),
            List.of(SAMPLES, "fn=avg&interval=1h&cursor=AAAAADE", "cursor"),
            List.of(SAMPLES, "fn=avg&interval=1h&limit=10001", "limit"), List.of(SAMPLES, "q=x", "q"));

    @Test
    public void everyMalformedParameterIsNamed() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (List<String> row : TABLE) {
            HttpResponse<String> answer = SERVER.get(row.get(0) + "?" + row.get(1));
            JsonNode problem = RestServer.JSON.readTree(answer.body());
            if (answer.statusCode() != 400 || !problem.get("parameter").asText().equals(row.get(2))
                    || !problem.get("detail").asText().startsWith(row.get(2) + " ")
                    || !problem.get("instance").asText().equals(row.get(0))) {
                wrong.add(row + " -> " + answer.statusCode() + " " + answer.body());
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    public void aPercentSignThatEscapesNothingIsRefused() {
        for (String query : new String[] {"q=%zz", "q=%", "q=100%"}) {
            Problem problem = assertThrows(query, Problem.class, () -> new Params(query, Set.of("q")));
            assertTrue(problem.getMessage(), problem.getMessage().startsWith("q has a % "));
        }
    }

    @Test
    public void aProblemIsADocumentOfRfc9457() throws Exception {
        HttpResponse<String> answer = SERVER.get(LOGS + "?limit=x");
        assertEquals("application/problem+json", answer.headers().firstValue("Content-Type").orElseThrow());
        assertEquals("{\"type\":\"/docs/problems/bad-parameter\",\"title\":\"A parameter is wrong\",\"status\":400,"
                + "\"detail\":\"limit is \\\"x\\\"; it must be a whole number from 1 to 1000\","
                + "\"instance\":\"/api/v1/trend-logs\",\"parameter\":\"limit\"}", answer.body());
    }

    @Test
    public void anUnknownParameterIsToldWhichThereAre() throws Exception {
        assertTrue(SERVER.get(SAMPLES + "?start=1").body().contains("cursor, fn, format, from, interval, limit, maxPoints, to"));
    }

    @Test
    public void unknownLogsAndPathsAreNotFound() throws Exception {
        for (String path : new String[] {"/hq.1.TL2", "/hq.1.TL2/samples", "/nonsense", "/hq.9999999.TL1",
                "/hq.1.TL1.1", "/%20", "/%2e%2e%2fx", "/hq.1.TL1/nothing", "/hq.1.TL1/",
                "/", "/hq.1.TL1/samples/", "/hq.1.TL1/samples/more", "//samples"}) {
            HttpResponse<String> answer = SERVER.get(LOGS + path);
            assertEquals(path, 404, answer.statusCode());
            assertEquals(path, 404, RestServer.JSON.readTree(answer.body()).get("status").asInt());
        }
        assertEquals(404, SERVER.get("/api/v1/nothing").statusCode());
        assertEquals(404, SERVER.get("/api/v1/trend-logs-of-old").statusCode());
        assertEquals(404, SERVER.get("/api/v1/").statusCode());
    }

    @Test
    public void aMethodThatIsNotForAPathIsToldWhichAre() throws Exception {
        for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"}) {
            HttpResponse<String> answer = SERVER.send(method, SAMPLES, BodyHandlers.ofString());
            assertEquals(method, 405, answer.statusCode());
            assertEquals("GET, HEAD", answer.headers().firstValue("Allow").orElseThrow());
        }
        HttpResponse<String> answer = SERVER.get(LOGS + "/hq.1.TL1/collect");
        assertEquals(405, answer.statusCode());
        assertEquals("POST", answer.headers().firstValue("Allow").orElseThrow());
    }

    @Test
    public void whatNobodyCanWriteIsNotAcceptable() throws Exception {
        assertEquals(406, SERVER.get(LOGS, "Accept", "text/html").statusCode());
        assertEquals(406, SERVER.get(LOGS, "Accept", "application/json;q=0").statusCode());
        assertEquals(406, SERVER.get(LOGS, "Accept", "application/json;q=0, */*").statusCode());
        assertEquals(406, SERVER.get(SAMPLES, "Accept", "nonsense").statusCode());
        assertEquals(406, SERVER.get(SAMPLES, "Accept", ";;,,;q=").statusCode());
        assertEquals(200, SERVER.get(SAMPLES, "Accept", ";, text/csv;;q=0.5").statusCode());
        assertEquals(200, SERVER.get(LOGS, "Accept-Encoding", ";").statusCode());
        assertEquals(200, SERVER.get(LOGS, "Accept", "application/json;version=1, text/html").statusCode());
    }

    @Test
    public void aHundredYearsAreNoProblem() throws Exception {
        assertEquals(200, SERVER.get(SAMPLES + "?from=0000-01-01T00:00:00Z&to=9999-12-31T23:59:59.999999999Z")
                .statusCode());
    }

    @Test
    public void whatWasSentComesBackEscaped() throws Exception {
        String body = SERVER.get(LOGS + "?site=%22%3E%3Cscript%3E%0D%0A").body();
        assertEquals("site is \"\"><script>\r\n\"; it must be 1 to 40 of a-z, 0-9 and -",
                RestServer.JSON.readTree(body).get("detail").asText());
        assertFalse(body, body.contains("\n"));
    }
}
