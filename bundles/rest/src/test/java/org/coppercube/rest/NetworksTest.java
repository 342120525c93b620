// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import static org.junit.Assert.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class NetworksTest {

    private final NetworkResource networks = new NetworkResource();

    @Rule
    public final RestServer server =
            new RestServer().with(networks, NetworkResource.NETWORKS, NetworkResource.DEVICES);

    @Before
    public void twoNetworks() {
        networks.collections = List.of(new DemoNetwork("north wing", "hq"), new DemoNetwork("annex", "annex"));
    }

    @Test
    public void aNetworkTellsWhatItDoesAndWhatThatCosts() throws Exception {
        JsonNode items = server.json(NetworkResource.NETWORKS).get("items");
        assertEquals("annex", items.get(0).get("name").asText());
        assertEquals("{\"name\":\"north wing\",\"site\":\"hq\",\"state\":\"collecting\",\"cause\":null,"
                + "\"devices\":2,\"silent\":1,\"duplicateInstances\":1,\"logs\":0,\"archived\":3,\"late\":1,"
                + "\"traffic\":{\"requests\":1000,\"retries\":20,\"timeouts\":3,\"refusals\":4,\"outstanding\":5,"
                + "\"responseMs\":{\"median\":0.129,\"p95\":20,\"p99\":3000},"
                + "\"dropped\":{\"another object\":1,\"malformed\":7}}}", items.get(1).toString());
    }

    @Test
    public void aDeviceTellsWhoItIsAndHowItFares() throws Exception {
        assertEquals("{\"items\":[{\"network\":\"north wing\",\"site\":\"hq\",\"instance\":1200,\"name\":\"AHU-1200\","
                + "\"vendor\":555,\"address\":\"127.0.0.1:47809\",\"claimants\":[\"127.0.0.9:47808\"],"
                + "\"answering\":true,\"lastHeard\":\"2026-11-23T08:00:00.12Z\",\"logs\":2,"
                + "\"clock\":{\"aheadSeconds\":-3600.25,\"measured\":\"2026-11-23T08:00:00.12Z\",\"jumps\":2},"
                + "\"cause\":null},{\"network\":\"north wing\",\"site\":\"hq\",\"instance\":1300,\"name\":\"\","
                + "\"vendor\":null,\"address\":\"127.0.0.1:47810\",\"claimants\":[],\"answering\":false,"
                + "\"lastHeard\":null,\"logs\":0,\"clock\":null,\"cause\":\"does not answer\"}],\"next\":null}",
                server.get(NetworkResource.DEVICES + "?site=hq").body());
    }

    @Test
    public void pagesHaveEachDeviceOnce() throws Exception {
        List<String> seen = new ArrayList<>();
        for (String cursor = ""; cursor != null && seen.size() < 100;) {
            JsonNode page = server.json(NetworkResource.DEVICES + "?limit=1" + cursor);
            page.get("items").forEach(item -> seen.add(item.get("network").asText() + " " + item.get("instance")));
            cursor = page.get("next").isNull() ? null : "&cursor=" + page.get("next").asText();
        }
        assertEquals(List.of("annex 1200", "annex 1300", "north wing 1200", "north wing 1300"), seen);
        assertEquals(0, server.json(NetworkResource.DEVICES + "?site=nowhere").get("items").size());
    }

    @Test
    public void aCursorIsGoodForItsOwnSiteOnly() throws Exception {
        String next = server.json(NetworkResource.DEVICES + "?limit=1&site=hq").get("next").asText();
        assertEquals(400, server.get(NetworkResource.DEVICES + "?site=annex&cursor=" + next).statusCode());
        assertEquals(400, server.get(NetworkResource.DEVICES + "?cursor=" + next).statusCode());
        assertEquals(200, server.get(NetworkResource.DEVICES + "?limit=50&site=hq&cursor=" + next).statusCode());
    }

    @Test
    public void withoutACollectorThereIsNothing() throws Exception {
        networks.collections = List.of();
        assertEquals("{\"items\":[],\"next\":null}", server.get(NetworkResource.NETWORKS).body());
        assertEquals("{\"items\":[],\"next\":null}", server.get(NetworkResource.DEVICES).body());
    }
}
