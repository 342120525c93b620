// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.collect.DeviceState;
import org.coppercube.api.collect.NetworkState;
import org.coppercube.api.collect.Traffic;
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

    private record Network(NetworkState state, Traffic traffic, long duplicates) {
    }

    private record Device(NetworkState network, DeviceState state) {
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<Collection> collections = List.of();

    final Routes routes = new Routes(Route.json("GET", NETWORKS, this::networks),
            Route.json("GET", DEVICES, this::devices, "site", "limit", "cursor"));

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        routes.serve(request, response);
    }

    private Answer networks(Route.Call call) {
        List<Network> networks = collections.stream()
                .map(each -> new Network(each.network(), each.traffic(), duplicates(each)))
                .sorted(Comparator.comparing(network -> network.state().name())).toList();
        return Answer.json(200, json -> Json.list(json, networks, (to, network) -> new NetworkJson(to)
                .network(network.state(), network.traffic(), network.duplicates()), null));
    }

    private static long duplicates(Collection collection) {
        return collection.devices().stream().filter(device -> !device.claimants().isEmpty()).count();
    }

    private Answer devices(Route.Call call) {
        Optional<String> site = call.params().site();
        NavigableMap<DeviceKey, Device> devices = new TreeMap<>();
        for (Collection collection : collections) {
            NetworkState network = collection.network();
            if (site.isEmpty() || site.get().equals(network.site())) {
                collection.devices().forEach(device ->
                        devices.put(new DeviceKey(network.name(), device.instance()), new Device(network, device)));
            }
        }
        return Listing.answer(devices, DeviceKey::parse, call.params(),
                (json, key, device) -> new NetworkJson(json).device(device.network(), device.state()));
    }
}
