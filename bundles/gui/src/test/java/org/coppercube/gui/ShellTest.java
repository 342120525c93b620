// SPDX-License-Identifier: Apache-2.0
package org.coppercube.gui;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.coppercube.api.web.Web;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public class ShellTest {

    private static final String EXT = "/gui/ext/acme.comfort/";

    private final FakeBundles framework = new FakeBundles();
    private final FakeBundles.FakeBundle gui = framework.install("org.coppercube.gui",
            List.of(Map.of(Web.PAGE, "trend-logs", "title", "Trend logs", "module", "trend-logs.js", "rank", 10L)));
    private final FakeBundles.FakeBundle comfort = framework.install("acme.comfort",
            List.of(Map.of(Web.PAGE, "comfort", "title", "Comfort \"A\" \\ \u00e4", "module", "comfort.js", "rank", 5L)));
    private Pages pages;
    private Site site;

    @Before
    public void open() throws Exception {
        gui.start();
        pages = new Pages(framework.context);
        site = new Site(Map.of("/gui/*", new Shell(gui.bundle, pages), "/api/v1/ui/nav", new Nav(pages)));
    }

    @After
    public void close() throws Exception {
        site.close();
        pages.close();
    }

    @Test
    public void theMenuFollowsTheBundles() {
        assertFalse(site.get("/api/v1/ui/nav").body().contains("comfort"));
        comfort.start();
        assertEquals("{\"items\":["
                + "{\"name\":\"comfort\",\"title\":\"Comfort \\u0022A\\u0022 \\u005c \u00e4\","
                + "\"module\":\"/gui/ext/acme.comfort/comfort.js?v=18f3a\",\"rank\":5},"
                + "{\"name\":\"trend-logs\",\"title\":\"Trend logs\","
                + "\"module\":\"/gui/ext/org.coppercube.gui/trend-logs.js?v=18f3a\",\"rank\":10}]}",
                site.get("/api/v1/ui/nav").body());
        comfort.stop();
        assertFalse(site.get("/api/v1/ui/nav").body().contains("comfort"));
    }

    @Test
    public void aPageIsServedWhileItsBundleIsActive() {
        assertEquals(404, site.get(EXT + "comfort.js").statusCode());
        comfort.start();
        HttpResponse<String> module = site.get(EXT + "comfort.js");
        assertEquals(200, module.statusCode());
        assertEquals("text/javascript;charset=utf-8", module.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(module.body(), module.body().contains("page-comfort"));
        comfort.stop();
        assertEquals(404, site.get(EXT + "comfort.js").statusCode());
    }

    @Test
    public void anUpdatedBundleIsReadAnewAndAnUnchangedOneIsNot() {
        comfort.start();
        HttpResponse<String> first = site.get(EXT + "comfort.js");
        assertEquals("no-cache", first.headers().firstValue("Cache-Control").orElseThrow());
        String tag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> same = site.get(EXT + "comfort.js", "If-None-Match", "\"other\", " + tag);
        assertEquals(304, same.statusCode());
        assertEquals("", same.body());
        comfort.modified++;
        assertEquals(200, site.get(EXT + "comfort.js", "If-None-Match", tag).statusCode());
        assertTrue(site.get("/api/v1/ui/nav").body().contains("comfort.js?v=18f3b"));
    }

    @Test
    public void nothingOutsideTheWebFolderIsServed() {
        comfort.start();
        for (String path : new String[] {"../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt", "..;/secret.txt",
                "%252e%252e/secret.txt", "x/../../secret.txt", "/secret.txt", "..%5csecret.txt", "comfort.js%00.css",
                ".hidden.js", "", "none.js", "comfort", "comfort.class"}) {
            HttpResponse<String> answer = site.get(EXT + path);
            assertTrue(path + " gave " + answer.statusCode(), answer.statusCode() == 404 || answer.statusCode() == 400);
            assertFalse(path, answer.body().contains("not for the web"));
        }
    }

    @Test
    public void filesOfABundleWithoutAPageAreNotServed() {
        framework.install("acme.silent", List.of()).start();
        assertEquals(404, site.get("/gui/ext/acme.silent/comfort.js").statusCode());
    }

    @Test
    public void theShellIsServedBelowItsFolder() {
        HttpResponse<String> redirect = site.get("/gui");
        assertEquals(302, redirect.statusCode());
        assertEquals("/gui/", redirect.headers().firstValue("Location").orElseThrow());
        assertTrue(site.get("/gui/").body().contains("src=\"/gui/shell.js\""));
        assertEquals("text/css;charset=utf-8",
                site.get("/gui/vendor/pico.min.css").headers().firstValue("Content-Type").orElseThrow());
    }

    @Test
    public void theShellsOwnPageIsFreeOfInlineScriptAndStyle() {
        String html = site.get("/gui/").body();
        assertFalse(html, html.matches("(?s).*(<style|style=|<script>|\\son\\w+=).*"));
    }

    @Test
    public void aPageThatIsAnnouncedWronglyIsLeftOutAndTheOthersStay() {
        framework.install("acme.broken", List.of(
                Map.of(Web.PAGE, "Bad Name", "title", "x", "module", "x.js"),
                Map.of(Web.PAGE, "outside", "title", "x", "module", "../x.js"),
                Map.of(Web.PAGE, "untitled", "module", "x.js"),
                Map.of(Web.PAGE, "ranked", "title", "x", "module", "x.js", "rank", "5"),
                Map.of(Web.PAGE, "good", "title", "Good", "module", "x.js"))).start();
        String nav = site.get("/api/v1/ui/nav").body();
        assertTrue(nav, nav.matches(".*trend-logs.*\"name\":\"good\".*"));
        assertFalse(nav, nav.matches(".*\"(Bad Name|outside|untitled|ranked)\".*"));
    }

    @Test
    public void nothingOfAClosedMenuStaysBehind() {
        pages.close();
        assertEquals(0, framework.listeners());
    }
}
