// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.collect.DeviceState;
import org.coppercube.api.collect.NetworkState;
import org.coppercube.api.web.WebPath;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The networks being collected, and the devices in them. */
@Component(service = Servlet.class, immediate = true)
@WebPath({NetworkResource.NETWORKS, NetworkResource.DEVICES})
public final class NetworkResource extends HttpServlet {

    static final String NETWORKS = "/api/v1/networks";
    static final String DEVICES = "/api/v1/devices";

    private record Device(NetworkState network, DeviceState state) {
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<Collection> collections = List.of();

    final Routes routes =
            new Routes(Route.json("GET", NETWORKS, this::networks), Route.json("GET", DEVICES, this::devices));

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        routes.serve(request, response);
    }

    private Answer networks(Route.Call call) {
        List<NetworkState> networks = collections.stream().map(Collection::network)
                .sorted(Comparator.comparing(NetworkState::name)).toList();
        return Answer.json(200, json -> Json.list(json, networks, NetworkResource::write, null));
    }

    private Answer devices(Route.Call call) {
        List<Device> devices = collections.stream()
                .flatMap(each -> each.devices().stream().map(state -> new Device(each.network(), state)))
                .sorted(Comparator.<Device, String>comparing(device -> device.network().name())
                        .thenComparing(device -> device.state().instance()))
                .toList();
        return Answer.json(200, json -> Json.list(json, devices, NetworkResource::write, null));
    }

    private static void write(JsonGenerator json, NetworkState network) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", network.name());
        Json.textOrNull(json, "site", network.site());
        json.writeStringField("state", Words.of(network.state()));
        Json.textOrNull(json, "cause", network.cause());
        json.writeNumberField("devices", network.devices());
        json.writeNumberField("silent", network.silent());
        json.writeNumberField("logs", network.logs());
        json.writeNumberField("archived", network.archived());
        json.writeNumberField("late", network.late());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Device device) throws IOException {
        DeviceState state = device.state();
        json.writeStartObject();
        json.writeStringField("network", device.network().name());
        Json.textOrNull(json, "site", device.network().site());
        json.writeNumberField("instance", state.instance());
        json.writeStringField("name", state.name());
        json.writeStringField("address", state.address());
        json.writeBooleanField("answering", state.answering());
        Json.time(json, "lastHeard", state.lastHeard());
        json.writeNumberField("logs", state.logs());
        Json.textOrNull(json, "cause", state.cause());
        json.writeEndObject();
    }
}
