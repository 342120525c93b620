// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.coppercube.api.collect.DeviceClock;
import org.coppercube.api.collect.DeviceState;
import org.coppercube.api.collect.NetworkState;
import org.coppercube.api.collect.Traffic;

/** Writes networks and their devices as JSON objects. What nobody knows is null. */
record NetworkJson(JsonGenerator json) {

    void network(NetworkState network, Traffic traffic, long duplicates) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", network.name());
        Json.textOrNull(json, "site", network.site());
        json.writeStringField("state", Words.of(network.state()));
        Json.textOrNull(json, "cause", network.cause());
        json.writeNumberField("devices", network.devices());
        json.writeNumberField("silent", network.silent());
        json.writeNumberField("duplicateInstances", duplicates);
        json.writeNumberField("logs", network.logs());
        json.writeNumberField("archived", network.archived());
        json.writeNumberField("late", network.late());
        json.writeObjectFieldStart("traffic");
        traffic(traffic);
        json.writeEndObject();
        json.writeEndObject();
    }

    private void traffic(Traffic traffic) throws IOException {
        json.writeNumberField("requests", traffic.requests());
        json.writeNumberField("retries", traffic.retries());
        json.writeNumberField("timeouts", traffic.timeouts());
        json.writeNumberField("refusals", traffic.refusals());
        json.writeNumberField("outstanding", traffic.outstanding());
        json.writeObjectFieldStart("responseMs");
        millis("median", traffic.median());
        millis("p95", traffic.p95());
        millis("p99", traffic.p99());
        json.writeEndObject();
        json.writeObjectFieldStart("dropped");
        for (Map.Entry<String, Long> reason : traffic.dropped().entrySet()) {
            json.writeNumberField(reason.getKey(), reason.getValue());
        }
        json.writeEndObject();
    }

    void device(NetworkState network, DeviceState device) throws IOException {
        json.writeStartObject();
        json.writeStringField("network", network.name());
        Json.textOrNull(json, "site", network.site());
        json.writeNumberField("instance", device.instance());
        json.writeStringField("name", device.name());
        json.writeFieldName("vendor");
        if (device.vendor() < 0) {
            json.writeNull();
        } else {
            json.writeNumber(device.vendor());
        }
        json.writeStringField("address", device.address());
        json.writeArrayFieldStart("claimants");
        for (String address : device.claimants()) {
            json.writeString(address);
        }
        json.writeEndArray();
        json.writeBooleanField("answering", device.answering());
        Json.time(json, "lastHeard", device.lastHeard());
        json.writeNumberField("logs", device.logs());
        json.writeFieldName("clock");
        clock(device.clock());
        Json.textOrNull(json, "cause", device.cause());
        json.writeEndObject();
    }

    private void clock(DeviceClock clock) throws IOException {
        if (clock == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        Json.seconds(json, "aheadSeconds", clock.ahead());
        Json.time(json, "measured", clock.measured());
        json.writeNumberField("jumps", clock.jumps());
        json.writeEndObject();
    }

    private void millis(String field, Duration time) throws IOException {
        Json.number(json, field, BigDecimal.valueOf(time.toNanos() / 1_000, 3));
    }
}
