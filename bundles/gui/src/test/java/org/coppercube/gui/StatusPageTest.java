// SPDX-License-Identifier: Apache-2.0
package org.coppercube.gui;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.coppercube.api.archive.ArchiveException;
import org.coppercube.api.archive.ArchiveQuery;
import org.coppercube.api.archive.Totals;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.collect.NetworkState;
import org.coppercube.api.collect.NetworkState.State;
import org.coppercube.api.health.Health;
import org.coppercube.api.health.Health.Level;
import org.coppercube.api.health.HealthReport;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public class StatusPageTest {

    private final StatusPage page = new StatusPage();
    private Site site;

    @Before
    public void open() throws Exception {
        site = new Site(Map.of("/status", page));
        page.archive = archive(() -> new Totals(480, 1_234_567, 69_120, 12));
        page.report = report(Map.of("archive", new Health(Level.OK, "Stores samples", "")));
        page.collections.add(collection(State.COLLECTING, 480, 0));
    }

    @After
    public void close() throws Exception {
        site.close();
    }

    @Test
    public void anApplianceThatCollectsOperatesCorrectly() {
        String html = site.get("/status").body();
        assertTrue(html, html.contains("<h1>Operating correctly</h1>"));
        assertTrue(html, html.contains("All archived trend logs are up to date."));
        assertTrue(html, html.contains("<dd>1,234,567</dd>"));
        assertTrue(html, html.contains("Stores samples"));
    }

    @Test
    public void thePageStaysWhenEveryOtherPartIsAway() {
        page.archive = null;
        page.report = null;
        page.collections.clear();
        String html = site.get("/status").body();
        assertTrue(html, html.contains("<h1>Not operating correctly</h1>"));
        assertTrue(html, html.contains("No trend logs are being collected at the moment."));
        assertTrue(html, html.matches("(?s).*Archive</span> <span class=\"state failed\">.*Away for a moment.*"));
        assertTrue(html, html.matches("(?s).*Collecting</span>.*Paused.*"));
        assertFalse(html, html.contains("Samples held"));
    }

    @Test
    public void anArchiveThatCannotAnswerIsAway() {
        page.archive = archive(() -> {
            throw new ArchiveException("disk full at /var/lib", null);
        });
        String html = site.get("/status").body();
        assertTrue(html, html.contains("Away for a moment"));
        assertFalse(html, html.contains("/var/lib"));
    }

    @Test
    public void lateLogsAreCountedOverAllNetworks() {
        page.collections.add(collection(State.COLLECTING, 20, 7));
        String html = site.get("/status").body();
        assertTrue(html, html.contains("Trend logs are being collected; 7 of 500 are overdue."));
    }

    @Test
    public void theWorstPartIsTheVerdict() {
        page.report = report(Map.of("archive", new Health(Level.OK, "Stores samples", ""),
                "network hq", new Health(Level.DEGRADED, "Waits for its configuration to be put right", "")));
        assertTrue(site.get("/status").body().contains("<h1>Operating, but needs attention</h1>"));
    }

    @Test
    public void noNameAndNoDetailIsToldToEverybody() {
        page.report = report(Map.of("network city-hospital",
                new Health(Level.DEGRADED, "Waits for its configuration to be put right",
                        "etc/org.coppercube.collector.bacnet-city-hospital.cfg: port is 99999; it must be below 65536")));
        String html = site.get("/status").body();
        assertTrue(html, html.contains("<span class=\"kind\">Network</span>"));
        assertTrue(html, html.contains("Waits for its configuration to be put right"));
        for (String secret : new String[] {"city-hospital", "secret-site", "99999", "10.9.8.7", "cfg"}) {
            assertFalse(html, html.contains(secret));
        }
    }

    @Test
    public void whatAPartSaysIsTextAndNeverMarkup() {
        page.report = report(Map.of("<b>", new Health(Level.OK, "<script>alert('1')</script> & \"more\"", "")));
        String html = site.get("/status").body();
        assertTrue(html, html.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;more&quot;"));
        assertFalse(html, html.contains("<script") || html.contains("<b>"));
    }

    private static HealthReport report(Map<String, Health> parts) {
        return new HealthReport() {
            @Override
            public Level level() {
                return Level.OK;
            }

            @Override
            public SortedMap<String, Health> parts() {
                return new TreeMap<>(parts);
            }
        };
    }

    private interface Figures {
        Totals get();
    }

    private static ArchiveQuery archive(Figures figures) {
        return (ArchiveQuery) Proxy.newProxyInstance(StatusPageTest.class.getClassLoader(),
                new Class<?>[] {ArchiveQuery.class}, (self, method, args) -> figures.get());
    }

    private static Collection collection(State state, int archived, int late) {
        NetworkState network = new NetworkState("city-hospital", "secret-site", state, "no answer from 10.9.8.7", 25, 1,
                archived + 3, archived, late);
        return (Collection) Proxy.newProxyInstance(StatusPageTest.class.getClassLoader(),
                new Class<?>[] {Collection.class}, (self, method, args) -> network);
    }
}
