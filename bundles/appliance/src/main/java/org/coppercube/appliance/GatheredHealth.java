// SPDX-License-Identifier: Apache-2.0
package org.coppercube.appliance;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.coppercube.api.health.Health;
import org.coppercube.api.health.HealthCheck;
import org.coppercube.api.health.HealthReport;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Asks every health check there is, each time anew. */
@Component(service = HealthReport.class, immediate = true)
public final class GatheredHealth implements HealthReport {

    /** Pairs, not a map by name: during an update the old and the new check of one name are there together. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<Map.Entry<Map<String, Object>, HealthCheck>> checks = List.of();

    @Override
    public Health.Level level() {
        return parts().values().stream().map(Health::level).max(Comparator.naturalOrder()).orElse(Health.Level.OK);
    }

    @Override
    public SortedMap<String, Health> parts() {
        SortedMap<String, Health> parts = new TreeMap<>();
        for (Map.Entry<Map<String, Object>, HealthCheck> check : checks) {
            String name = Objects.requireNonNullElse(check.getKey().get(HealthCheck.NAME), "unnamed").toString();
            parts.put(unused(name, parts), ask(check.getValue()));
        }
        return parts;
    }

    private static String unused(String name, Map<String, Health> parts) {
        String candidate = name;
        for (int i = 2; parts.containsKey(candidate); i++) {
            candidate = name + " " + i;
        }
        return candidate;
    }

    private static Health ask(HealthCheck check) {
        try {
            return Objects.requireNonNull(check.check(), "the check returned null");
        } catch (RuntimeException | LinkageError e) { // a partner's check may be broken in any way
            return new Health(Health.Level.FAILED, "Condition unknown", "Its health check failed: " + e);
        }
    }
}
