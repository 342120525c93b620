// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import static org.junit.Assert.assertEquals;

import java.net.http.HttpResponse;
import org.junit.ClassRule;
import org.junit.Test;

public class FallbackTest {

    @ClassRule
    public static final RestServer SERVER = new RestServer().with(new FallbackResource(), "/api/v1/*");

    @Test
    public void aResourceThatIsAwayComesBackInAMoment() throws Exception {
        for (String path : new String[] {"/trend-logs", "/trend-logs?limit=5", "/trend-logs/hq.1.TL1/samples",
                "/networks", "/devices", "/completeness", "/status", "/openapi.json", "/ui/nav"}) {
            HttpResponse<String> answer = SERVER.get("/api/v1" + path);
            assertEquals(path, 503, answer.statusCode());
            assertEquals(path, "5", answer.headers().firstValue("Retry-After").orElseThrow());
            assertEquals("/docs/problems/part-away", RestServer.JSON.readTree(answer.body()).get("type").asText());
        }
    }

    @Test
    public void whatNeverWasIsNotFound() throws Exception {
        for (String path : new String[] {"", "/", "/trend-log", "/trend-logsx", "/nothing"}) {
            assertEquals(path, 404, SERVER.get("/api/v1" + path).statusCode());
        }
    }
}
