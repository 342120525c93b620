// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.coppercube.api.archive.Loss;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.collect.NetworkState;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.TrendLogId;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class OpenApiTest {

    private OpenApiResource openApi;
    private JsonNode document;

    private final TrendLogResource trendLogs = new TrendLogResource(SampleFormatsTest.ARCHIVE);
    private final StatusResource status = new StatusResource(new StatusTest.ToldHealth());
    private final NetworkResource networks = new NetworkResource();
    private final GeneratedArchive lossy = new GeneratedArchive();
    private final CompletenessResource completeness = new CompletenessResource(lossy);

    @Rule
    public final RestServer server = new RestServer().with(trendLogs, TrendLogResource.PATH + "/*")
            .with(status, StatusResource.PATH).with(networks, NetworkResource.NETWORKS, NetworkResource.DEVICES)
            .with(completeness, CompletenessResource.PATH);

    @Before
    public void fetch() throws Exception {
        openApi = new OpenApiResource();
        server.with(openApi, OpenApiResource.PATH);
        document = server.json(OpenApiResource.PATH);
        trendLogs.collections = List.of(new DemoNetwork().add(DemoNetwork.log("hq.1.TL1", "All kinds"), true,
                LogState.Mode.SEQUENCE, new LogState.Advice(9_000, null)));
        networks.collections = trendLogs.collections;
        lossy.losses.add(new Loss(TrendLogId.parse("hq.1.TL1"), LocalDate.EPOCH, Reading.Gap.Cause.PURGE, 1));
    }

    @Test
    public void everyRouteIsDocumentedWithItsParametersAndTypesAndNoOther() {
        Map<String, String> served = new TreeMap<>();
        Stream.of(openApi.routes, trendLogs.routes, status.routes, new ProbeResource().routes, networks.routes,
                        completeness.routes)
                .flatMap(routes -> routes.routes().stream())
                .forEach(route -> served.put(route.method() + " " + route.path(),
                        parameters(route) + " " + new TreeSet<>(route.types())));
        Map<String, String> documented = new TreeMap<>();
        document.get("paths").properties().forEach(path -> path.getValue().properties()
                .forEach(operation -> documented.put(
                        operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                        parameters(operation.getValue()) + " " + types(operation.getValue()))));
        assertEquals(String.join("\n", lines(served)), String.join("\n", lines(documented)));
    }

    @Test
    public void everyReferenceLeadsSomewhereAndNothingIsLeftOver() {
        Set<String> used = new TreeSet<>();
        document.findValuesAsText("$ref").forEach(used::add);
        Set<String> defined = new TreeSet<>();
        document.get("components").properties().forEach(kind -> kind.getValue().fieldNames()
                .forEachRemaining(name -> defined.add("#/components/" + kind.getKey() + "/" + name)));
        assertEquals(defined, used);
    }

    @Test
    public void everyFieldOfAnAnswerIsDocumentedAndEveryRequiredOneIsThere() throws Exception {
        check("/api/v1/trend-logs", "TrendLogs");
        check("/api/v1/trend-logs/hq.1.TL1", "TrendLog");
        check("/api/v1/trend-logs/hq.1.TL1/samples", "Samples");
        check("/api/v1/trend-logs/hq.1.TL2/samples", "Samples");
        check("/api/v1/trend-logs/hq.1.TL2/samples?interval=1h&fn=avg", "Rollups");
        check("/api/v1/networks", "Networks");
        check("/api/v1/devices", "Devices");
        check("/api/v1/status", "Status");
        for (String group : Grouping.ALL.keySet()) {
            assertEquals(1, server.json("/api/v1/completeness?group=" + group).get("items").size());
            check("/api/v1/completeness?group=" + group, "CompletenessList");
        }
    }

    @Test
    public void everyWordIsDocumented() {
        assertEquals(words(Reading.Gap.Cause.values()), enumeration("/components/schemas/Cause"));
        String state = "/components/schemas/TrendLog/properties/state/properties/mode";
        assertEquals(words(LogState.Mode.values()) + " null", enumeration(state));
        assertEquals(words(NetworkState.State.values()), enumeration("/components/schemas/Network/properties/state"));
        assertEquals(new TreeSet<>(List.of(enumeration("/components/parameters/group/schema").split(" "))),
                new TreeSet<>(Grouping.ALL.keySet()));
    }

    private String enumeration(String pointer) {
        List<String> words = new ArrayList<>();
        document.at(pointer).get("enum").forEach(word -> words.add(word.asText()));
        return String.join(" ", words);
    }

    private static String words(Enum<?>[] constants) {
        return Stream.of(constants).map(Words::of).collect(Collectors.joining(" "));
    }

    @Test
    public void itIsOpenApi31() {
        assertEquals("3.1.0", document.get("openapi").asText());
        assertFalse(document.get("info").get("title").asText().isEmpty());
    }

    private void check(String path, String schema) throws Exception {
        check(path, server.json(path), document.at("/components/schemas/" + schema));
    }

    private void check(String where, JsonNode value, JsonNode schema) {
        JsonNode resolved = resolve(schema);
        if (resolved.has("enum")) {
            assertTrue(where + " is " + value, StreamSupport.stream(resolved.get("enum").spliterator(), false)
                    .anyMatch(value::equals));
        }
        if (value.isArray()) {
            value.forEach(item -> check(where + "[]", item, resolved.get("items")));
        }
        if (value.isObject() && resolved.has("properties")) {
            resolved.get("required").forEach(name -> assertTrue(where + "." + name, value.has(name.asText())));
            value.properties().forEach(field -> {
                JsonNode documented = resolved.get("properties").get(field.getKey());
                assertNotNull(where + "." + field.getKey(), documented);
                check(where + "." + field.getKey(), field.getValue(), documented);
            });
        }
    }

    private static Set<String> parameters(Route route) {
        Set<String> names = new TreeSet<>(route.parameters());
        if (route.path().contains("{id}")) {
            names.add("id");
        }
        return names;
    }

    private Set<String> parameters(JsonNode operation) {
        Set<String> names = new TreeSet<>();
        operation.path("parameters").forEach(each -> names.add(resolve(each).get("name").asText()));
        return names;
    }

    private Set<String> types(JsonNode operation) {
        Set<String> types = new TreeSet<>();
        operation.get("responses").properties().forEach(response -> {
            if (response.getKey().startsWith("2")) {
                resolve(response.getValue()).get("content").fieldNames().forEachRemaining(types::add);
            }
        });
        return types;
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    private static List<String> lines(Map<String, String> map) {
        List<String> lines = new ArrayList<>();
        map.forEach((key, value) -> lines.add(key + " " + value));
        return lines;
    }
}
