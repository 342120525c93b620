// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.Sample.TimeSource;
import org.junit.ClassRule;
import org.junit.Test;

/** Every kind of record in every format, character by character. */
public class SampleFormatsTest {

    private static final long TS = Sample.hundredths(Instant.parse("2026-11-23T04:00:00Z"));

    /** A reading, what JSON has from "type" on, and what CSV has from the type on. */
    private record Case(Reading reading, String json, String csv) {
    }

    private static final List<Case> CASES = List.of(
            new Case(new Reading.Real(21.5f), "\"real\",\"value\":21.5", "real,21.5,,,,"),
            new Case(new Reading.Real(-0.0f), "\"real\",\"value\":-0.0", "real,-0.0,,,,"),
            new Case(new Reading.Real(1.1E10f), "\"real\",\"value\":1.1E10", "real,1.1E10,,,,"),
            new Case(new Reading.Real(Float.NaN), "\"real\",\"value\":null,\"special\":\"nan\"", "real,,,nan,,"),
            new Case(new Reading.Real(Float.NEGATIVE_INFINITY), "\"real\",\"value\":null,\"special\":\"-inf\"",
                    "real,,,'-inf,,"),
            new Case(new Reading.Double(0.1), "\"double\",\"value\":0.1", "double,0.1,,,,"),
            new Case(new Reading.Double(Double.POSITIVE_INFINITY), "\"double\",\"value\":null,\"special\":\"inf\"",
                    "double,,,inf,,"),
            new Case(new Reading.Enumerated(4294967295L), "\"enumerated\",\"value\":4294967295",
                    "enumerated,4294967295,,,,"),
            new Case(new Reading.Unsigned(-1), "\"unsigned\",\"value\":18446744073709551615",
                    "unsigned,18446744073709551615,,,,"),
            new Case(new Reading.Signed(Long.MIN_VALUE), "\"signed\",\"value\":-9223372036854775808",
                    "signed,-9223372036854775808,,,,"),
            new Case(new Reading.Boolean(true), "\"boolean\",\"value\":true", "boolean,true,,,,"),
            new Case(new Reading.BitString("0110"), "\"bitstring\",\"value\":\"0110\"", "bitstring,0110,,,,"),
            new Case(new Reading.Null(), "\"null\",\"value\":null", "null,,,,,"),
            new Case(new Reading.Text("<img src=x>, \"ü\"\r\n"),
                    "\"string\",\"value\":\"<img src=x>, \\\"ü\\\"\\r\\n\"",
                    "string,\"<img src=x>, \"\"ü\"\"\r\n\",,,,"),
            new Case(new Reading.Text("half \ud800 pair"), "\"string\",\"value\":\"half ? pair\"",
                    "string,half ? pair,,,,"),
            new Case(new Reading.Text("=1+1"), "\"string\",\"value\":\"=1+1\"", "string,'=1+1,,,,"),
            new Case(new Reading.Text("+1"), "\"string\",\"value\":\"+1\"", "string,'+1,,,,"),
            new Case(new Reading.Text("-1"), "\"string\",\"value\":\"-1\"", "string,'-1,,,,"),
            new Case(new Reading.Text("@x"), "\"string\",\"value\":\"@x\"", "string,'@x,,,,"),
            new Case(new Reading.Text("\tx"), "\"string\",\"value\":\"\\tx\"", "string,'\tx,,,,"),
            new Case(new Reading.Text("\rx"), "\"string\",\"value\":\"\\rx\"", "string,\"'\rx\",,,,"),
            new Case(new Reading.LogStatus(true, true, true),
                    "\"log-status\",\"value\":null,\"status\":[\"log-disabled\",\"buffer-purged\",\"log-interrupted\"]",
                    "log-status,,,log-disabled buffer-purged log-interrupted,,"),
            new Case(new Reading.LogStatus(false, false, false), "\"log-status\",\"value\":null,\"status\":[]",
                    "log-status,,,,,"),
            new Case(new Reading.Failure(1, 31),
                    "\"failure\",\"value\":null,"
                            + "\"error\":{\"class\":1,\"code\":31,\"text\":\"object: unknown-object\"}",
                    "failure,,,object: unknown-object,1/31,"),
            new Case(new Reading.Failure(99, 1000),
                    "\"failure\",\"value\":null,\"error\":{\"class\":99,\"code\":1000,\"text\":\"99: 1000\"}",
                    "failure,,,99: 1000,99/1000,"),
            new Case(new Reading.TimeChange(-3600), "\"time-change\",\"value\":null,\"seconds\":-3600.0",
                    "time-change,,,,-3600.0,"),
            new Case(new Reading.TimeChange(Float.NaN), "\"time-change\",\"value\":null,\"seconds\":null",
                    "time-change,,,,,"),
            new Case(new Reading.Undecodable("0aff"), "\"undecodable\",\"value\":null,\"raw\":\"0aff\"",
                    "undecodable,,,,0aff,"),
            new Case(new Reading.Gap(120, Reading.Gap.Cause.DEVICE_AWAY),
                    "\"gap\",\"value\":null,\"count\":120,\"cause\":\"device-away\"", "gap,,,device-away,120,"),
            new Case(new Reading.Gap(0xFFFF_FFFFL, Reading.Gap.Cause.WRAP),
                    "\"gap\",\"value\":null,\"count\":4294967295,\"cause\":\"wrap\"", "gap,,,wrap,4294967295,"),
            new Case(new Reading.Any("2105", new Reading.Unsigned(5)), "\"any\",\"value\":5,\"raw\":\"2105\"",
                    "any,5,,,2105,"),
            new Case(new Reading.Any("447fc00000", new Reading.Real(Float.NaN)),
                    "\"any\",\"value\":null,\"special\":\"nan\",\"raw\":\"447fc00000\"", "any,,,nan,447fc00000,"),
            new Case(new Reading.Any("0e8205e00f", new Reading.LogStatus(true, true, true)),
                    "\"any\",\"value\":null,\"status\":[\"log-disabled\",\"buffer-purged\",\"log-interrupted\"],"
                            + "\"raw\":\"0e8205e00f\"",
                    "any,,,log-disabled buffer-purged log-interrupted,0e8205e00f,"),
            new Case(new Reading.Any("82040f0a", new Reading.BitString("0110")),
                    "\"any\",\"value\":\"0110\",\"raw\":\"82040f0a\"", "any,0110,,,82040f0a,"),
            new Case(new Reading.Any("ff", null), "\"any\",\"value\":null,\"raw\":\"ff\"", "any,,,,ff,"),
            new Case(new Reading.Event("00", new TreeMap<>(Map.of("event-type", "change-of-state", "ack", "no"))),
                    "\"event\",\"value\":null,\"event\":{\"ack\":\"no\",\"event-type\":\"change-of-state\"}",
                    "event,,,,\"{\"\"ack\"\":\"\"no\"\",\"\"event-type\"\":\"\"change-of-state\"\"}\","));

    static final GeneratedArchive ARCHIVE = new GeneratedArchive()
            .add(DemoNetwork.log("hq.1.TL1", "All kinds"), CASES.size(), i -> new GeneratedArchive.Numbered(2,
                    new Sample(i + 1, TS, 0, CASES.get((int) i).reading())))
            .add(DemoNetwork.log("hq.1.TL2", "Marked"), 3, i -> new GeneratedArchive.Numbered(1,
                    new Sample(i, TS, 0, TimeSource.values()[(int) i], 15 >> i, new Reading.Boolean(false))));

    @ClassRule
    public static final RestServer SERVER =
            new RestServer().with(new TrendLogResource(ARCHIVE), TrendLogResource.PATH + "/*");

    @Test
    public void thereIsACaseForEveryKind() {
        Set<Class<?>> kinds = Arrays.stream(Reading.class.getPermittedSubclasses())
                .flatMap(kind -> kind.isSealed() ? Arrays.stream(kind.getPermittedSubclasses()) : Stream.of(kind))
                .collect(Collectors.toSet());
        assertEquals(kinds, CASES.stream().map(each -> each.reading().getClass()).collect(Collectors.toSet()));
    }

    @Test
    public void everyCauseOfAGapHasItsWord() {
        assertEquals(List.of("overflow", "purge", "log-disabled", "device-away", "undecodable", "sequence-reset",
                "wrap", "archive-damaged"), Arrays.stream(Reading.Gap.Cause.values()).map(Words::of).toList());
    }

    @Test
    public void ndjsonHasOneLineARecord() throws Exception {
        HttpResponse<String> answer = SERVER.get("/api/v1/trend-logs/hq.1.TL1/samples?format=ndjson");
        assertEquals("application/x-ndjson", answer.headers().firstValue("Content-Type").orElseThrow());
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < CASES.size(); i++) {
            expected.append(json(i)).append('\n');
        }
        assertEquals(expected.toString(), answer.body());
    }

    @Test
    public void jsonHasTheSameObjects() throws Exception {
        HttpResponse<String> answer = SERVER.get("/api/v1/trend-logs/hq.1.TL1/samples");
        assertEquals("application/json", answer.headers().firstValue("Content-Type").orElseThrow());
        StringBuilder expected = new StringBuilder(
                "{\"id\":\"hq.1.TL1\",\"units\":\"degrees-celsius\",\"timeZone\":\"Europe/London\",\"samples\":[");
        for (int i = 0; i < CASES.size(); i++) {
            expected.append(i == 0 ? "" : ",").append(json(i));
        }
        assertEquals(expected.append("],\"next\":null}").toString(), answer.body());
        assertEquals(CASES.size(), RestServer.JSON.readTree(answer.body()).get("samples").size());
    }

    @Test
    public void csvHasOneRowARecord() throws Exception {
        HttpResponse<String> answer = SERVER.get("/api/v1/trend-logs/hq.1.TL1/samples?format=csv");
        assertEquals("text/csv;charset=utf-8", answer.headers().firstValue("Content-Type").orElseThrow());
        assertEquals("attachment; filename=\"hq.1.TL1.csv\"",
                answer.headers().firstValue("Content-Disposition").orElseThrow());
        StringBuilder expected = new StringBuilder("ts,run,seq,type,value,flags,status,detail,tsFrom\r\n");
        for (int i = 0; i < CASES.size(); i++) {
            expected.append("2026-11-23T04:00:00.00Z,2,").append(i + 1).append(',').append(CASES.get(i).csv())
                    .append("\r\n");
        }
        assertEquals(expected.toString(), answer.body());
    }

    @Test
    public void flagsAndTheSourceOfTheTimeAreToldWhereTheySaySomething() throws Exception {
        JsonNode samples = SERVER.json("/api/v1/trend-logs/hq.1.TL2/samples").get("samples");
        assertEquals("[\"in-alarm\",\"fault\",\"overridden\",\"out-of-service\"]",
                samples.get(0).get("flags").toString());
        assertEquals("[\"in-alarm\",\"fault\",\"overridden\"]", samples.get(1).get("flags").toString());
        assertNull(samples.get(0).get("tsFrom"));
        assertEquals("next", samples.get(1).get("tsFrom").asText());
        assertEquals("read", samples.get(2).get("tsFrom").asText());
        assertNull(SERVER.json("/api/v1/trend-logs/hq.1.TL1/samples").get("samples").get(0).get("flags"));
        String[] rows = SERVER.get("/api/v1/trend-logs/hq.1.TL2/samples?format=csv").body().split("\r\n");
        assertEquals("2026-11-23T04:00:00.00Z,1,0,boolean,false,in-alarm fault overridden out-of-service,,,", rows[1]);
        assertEquals("2026-11-23T04:00:00.00Z,1,2,boolean,false,in-alarm fault,,,read", rows[3]);
    }

    private static String json(int i) {
        return "{\"ts\":\"2026-11-23T04:00:00.00Z\",\"run\":2,\"seq\":" + (i + 1) + ",\"type\":" + CASES.get(i).json()
                + "}";
    }
}
