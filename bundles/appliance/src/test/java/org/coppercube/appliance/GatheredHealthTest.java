// SPDX-License-Identifier: Apache-2.0
package org.coppercube.appliance;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import org.coppercube.api.health.Health;
import org.coppercube.api.health.Health.Level;
import org.coppercube.api.health.HealthCheck;
import org.junit.Test;

public class GatheredHealthTest {

    private static final Health GOOD = new Health(Level.OK, "Fine", "");
    private static final Health SO_SO = new Health(Level.DEGRADED, "Late", "3 logs are late");

    private final GatheredHealth report = new GatheredHealth();

    @Test
    public void nobodyReportingIsOk() {
        assertEquals(Level.OK, report.level());
        assertTrue(report.parts().isEmpty());
    }

    @Test
    public void theWorstPartCounts() {
        report.checks = List.of(check("archive", () -> GOOD), check("network demo", () -> SO_SO));
        assertEquals(Level.DEGRADED, report.level());
        assertEquals(Map.of("archive", GOOD, "network demo", SO_SO), report.parts());
    }

    @Test
    public void aCheckThatThrowsHasFailedAndTheOthersAreStillAsked() {
        report.checks = List.of(check("a", () -> {
            throw new IllegalStateException("no database");
        }), check("b", () -> {
            throw new NoClassDefFoundError("gone");
        }), check("c", () -> null), check("d", () -> GOOD));
        assertEquals(List.of(Level.FAILED, Level.FAILED, Level.FAILED, Level.OK),
                report.parts().values().stream().map(Health::level).toList());
        assertTrue(report.parts().get("a").detail().contains("no database"));
    }

    @Test
    public void whatAFailedCheckSaysIsNotPublic() {
        report.checks = List.of(check("a", () -> {
            throw new IllegalStateException("10.0.0.5");
        }));
        assertEquals("Condition unknown", report.parts().get("a").publicLine());
    }

    @Test
    public void equalNamesAreToldApart() {
        report.checks = List.of(check("archive", () -> GOOD), check("archive", () -> SO_SO),
                check("archive", () -> GOOD));
        assertEquals(List.of("archive", "archive 2", "archive 3"), List.copyOf(report.parts().keySet()));
        assertEquals(Level.DEGRADED, report.level());
    }

    @Test
    public void aCheckWithoutANameIsShown() {
        report.checks = List.of(Map.entry(Map.of(), () -> SO_SO));
        assertEquals(Map.of("unnamed", SO_SO), report.parts());
    }

    private static Map.Entry<Map<String, Object>, HealthCheck> check(String name, HealthCheck check) {
        return Map.entry(Map.of(HealthCheck.NAME, name), check);
    }
}
