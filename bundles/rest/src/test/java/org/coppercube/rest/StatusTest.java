// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.coppercube.api.collect.NetworkState;
import org.coppercube.api.health.Health;
import org.coppercube.api.health.HealthReport;
import org.junit.Rule;
import org.junit.Test;

public class StatusTest {

    /** Fares as it is told to. */
    static final class ToldHealth implements HealthReport {
        private volatile Health.Level level = Health.Level.OK;

        @Override
        public Health.Level level() {
            return level;
        }

        @Override
        public SortedMap<String, Health> parts() {
            return new TreeMap<>();
        }
    }

    private final GeneratedArchive archive = new GeneratedArchive();
    private final DemoNetwork network = new DemoNetwork();
    private final ToldHealth health = new ToldHealth();
    private final StatusResource status = new StatusResource(health);
    private final ProbeResource probes = new ProbeResource();

    @Rule
    public final RestServer server = new RestServer().with(status, StatusResource.PATH)
            .with(probes, ProbeResource.ALIVE, ProbeResource.READY);

    @Test
    public void statusHasTheFieldsOfTheContractAndNoOthers() throws Exception {
        status.archive = archive;
        status.collections = List.of(network, network);
        JsonNode answer = server.json(StatusResource.PATH);
        Duration off = Duration.between(Instant.parse(answer.get("time").asText()), Instant.now());
        assertTrue(answer.toString(), off.abs().compareTo(Duration.ofSeconds(10)) < 0);
        assertTrue(answer.get("uptimeSeconds").isIntegralNumber());
        List<String> names = new ArrayList<>();
        answer.fieldNames().forEachRemaining(names::add);
        assertEquals(List.of("product", "time", "uptimeSeconds", "health", "collecting", "trendLogs", "samples",
                "outlets"), names);
        assertEquals("CopperCube", answer.get("product").asText());
        assertEquals("ok", answer.get("health").asText());
        assertTrue(answer.get("collecting").asBoolean());
        assertEquals("{\"archived\":6,\"late\":2}", answer.get("trendLogs").toString());
        assertEquals("{\"total\":1000,\"lastDay\":100,\"lost\":10}", answer.get("samples").toString());
        assertEquals("{\"ok\":0,\"late\":0,\"failed\":0}", answer.get("outlets").toString());
    }

    @Test
    public void statusAnswersWithoutArchiveAndCollector() throws Exception {
        JsonNode answer = server.json(StatusResource.PATH);
        assertFalse(answer.get("collecting").asBoolean());
        assertEquals("{\"total\":0,\"lastDay\":0,\"lost\":0}", answer.get("samples").toString());
        status.archive = archive;
        archive.failAfter = 0;
        assertEquals(0, server.json(StatusResource.PATH).get("samples").get("total").asInt());
    }

    @Test
    public void healthKnowsWhatIsAwayAndThereforeDoesNotReport() throws Exception {
        status.collections = List.of(network);
        assertEquals("failed", health());
        status.archive = archive;
        assertEquals("ok", health());
        health.level = Health.Level.FAILED;
        assertEquals("failed", health());
        status.collections = List.of();
        assertEquals("failed", health());
        health.level = Health.Level.OK;
        assertEquals("degraded", health());
        archive.failAfter = 0;
        assertEquals("failed", health());
    }

    @Test
    public void onlyANetworkThatCollectsIsCollecting() throws Exception {
        status.collections = List.of(network);
        for (NetworkState.State state : NetworkState.State.values()) {
            network.state = state;
            assertEquals(state == NetworkState.State.COLLECTING,
                    server.json(StatusResource.PATH).get("collecting").asBoolean());
        }
    }

    @Test
    public void theProcessIsAliveWhateverIsAway() throws Exception {
        HttpResponse<String> answer = server.get(ProbeResource.ALIVE);
        assertEquals(200, answer.statusCode());
        assertEquals("ok", answer.body());
        assertEquals(200, server.get(ProbeResource.ALIVE, "Accept", "application/json").statusCode());
    }

    @Test
    public void itIsReadyWithAnArchiveAndWithoutAFailure() throws Exception {
        assertEquals(503, server.get(ProbeResource.READY).statusCode());
        probes.health = health;
        assertEquals(503, server.get(ProbeResource.READY).statusCode());
        probes.archive = archive;
        assertEquals(200, server.get(ProbeResource.READY).statusCode());
        health.level = Health.Level.DEGRADED;
        assertEquals(200, server.get(ProbeResource.READY).statusCode());
        health.level = Health.Level.FAILED;
        HttpResponse<String> answer = server.get(ProbeResource.READY);
        assertEquals(503, answer.statusCode());
        assertEquals("not ready", answer.body());
    }

    private String health() throws Exception {
        return server.json(StatusResource.PATH).get("health").asText();
    }
}
