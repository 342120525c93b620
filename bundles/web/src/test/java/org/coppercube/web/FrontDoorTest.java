// SPDX-License-Identifier: Apache-2.0
package org.coppercube.web;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.coppercube.api.web.Web;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public class FrontDoorTest {

    private final Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
    private final FrontDoor door = new FrontDoor();
    private final HttpClient client = HttpClient.newHttpClient();

    @Before
    public void start() throws Exception {
        new ServletContextHandler(server, "/").addServlet(new ServletHolder(door), "/*");
        door.moveIn(new DoorSigns(), Map.of(Web.PATH, new String[] {"/favicon.svg", "/door.css"}));
        moveIn("/broken", (request, response) -> response.sendError(500, "the secret of the house"));
        server.start();
    }

    @After
    public void stop() throws Exception {
        server.stop();
    }

    @Test
    public void anApiCallWhoseOwnerIsAwayIsToldToComeBack() throws Exception {
        HttpResponse<String> answer = get("/api/v1/status", "text/html");
        assertEquals(503, answer.statusCode());
        assertEquals("5", header(answer, "Retry-After"));
        assertEquals("application/problem+json", header(answer, "Content-Type"));
        assertTrue(answer.body(), answer.body().startsWith("{\"type\":\"about:blank\",\"title\":\"Service Unavailable\""));
    }

    @Test
    public void aWriteIsToldTheSame() throws Exception {
        HttpRequest post = request("/api/v1/trend-logs/hq.1.TL1/collect", "*/*").POST(BodyPublishers.noBody()).build();
        assertEquals(503, client.send(post, BodyHandlers.ofString()).statusCode());
    }

    @Test
    public void aBrowserGetsAPageThatReloadsItself() throws Exception {
        for (String path : new String[] {"/", "/status", "/gui", "/gui/", "/gui/ext/acme.comfort/page.js"}) {
            HttpResponse<String> answer = get(path, "text/html,application/xhtml+xml,*/*;q=0.8");
            assertEquals(path, 503, answer.statusCode());
            assertEquals(path, "5", header(answer, "Refresh"));
            assertTrue(path, answer.body().contains("<h1>Back in a moment</h1>"));
        }
    }

    @Test
    public void theRootShowsTheStatusPageAsSoonAsItIsThere() throws Exception {
        assertEquals(503, get("/", "text/html").statusCode());
        moveIn("/status", (request, response) -> response.getWriter().print("all is well"));
        assertEquals("all is well", get("/", "text/html").body());
    }

    @Test
    public void whatNeverWasIsNotFound() throws Exception {
        for (String path : new String[] {"/wp-login.php", "/api", "/api/v2/status", "/guitar", "/statusx"}) {
            HttpResponse<String> answer = get(path, "*/*");
            assertEquals(path, 404, answer.statusCode());
            assertTrue(path, answer.headers().firstValue("Retry-After").isEmpty());
        }
        assertTrue(get("/nowhere", "text/html").body().contains("<h1>Nothing here</h1>"));
    }

    @Test
    public void theAnswerNeverRepeatsTheRequest() throws Exception {
        assertFalse(get("/%3Cscript%3Ealert(1)%3C/script%3E", "text/html").body().contains("alert"));
    }

    @Test
    public void aServletThatFailsTellsNothingOfTheInside() throws Exception {
        HttpResponse<String> page = get("/broken", "text/html");
        assertEquals(500, page.statusCode());
        assertTrue(page.body(), page.body().contains("<h1>Something went wrong</h1>"));
        assertFalse(page.body(), page.body().contains("secret"));
        assertEquals("application/problem+json", header(get("/broken", "*/*"), "Content-Type"));
    }

    @Test
    public void aMethodThatIsNotTakenIsRefusedInOurWords() throws Exception {
        HttpRequest post = request("/favicon.svg", "*/*").POST(BodyPublishers.noBody()).build();
        HttpResponse<String> answer = client.send(post, BodyHandlers.ofString());
        assertEquals(405, answer.statusCode());
        assertTrue(answer.body(), answer.body().contains("\"title\":\"Method Not Allowed\""));
    }

    @Test
    public void everyAnswerHasTheStrictHeaders() throws Exception {
        for (String path : new String[] {"/", "/api/v1/status", "/nowhere", "/favicon.svg", "/broken"}) {
            HttpResponse<String> answer = get(path, "*/*");
            assertTrue(header(answer, "Content-Security-Policy").startsWith("default-src 'none'; script-src 'self';"));
            assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
            assertEquals("no-referrer", header(answer, "Referrer-Policy"));
            assertEquals("same-origin", header(answer, "Cross-Origin-Opener-Policy"));
        }
        assertEquals("no-store", header(get("/", "*/*"), "Cache-Control"));
    }

    @Test
    public void logoAndStyleSheetAreThereWithoutAnyOtherBundle() throws Exception {
        HttpResponse<String> logo = get("/favicon.svg", "image/*");
        assertEquals(200, logo.statusCode());
        assertEquals("image/svg+xml", header(logo, "Content-Type"));
        assertTrue(logo.body().startsWith("<svg"));
        assertEquals("text/css;charset=utf-8", header(get("/door.css", "text/css"), "Content-Type"));
    }

    @Test
    public void theLongestPathWins() throws Exception {
        moveIn("/gui/*", (request, response) -> say(request, response, "gui"));
        moveIn("/gui/ext/*", (request, response) -> say(request, response, "ext"));
        moveIn("/gui/ext", (request, response) -> say(request, response, "exactly"));
        assertEquals("gui /gui null", get("/gui", "*/*").body());
        assertEquals("gui /gui /", get("/gui/", "*/*").body());
        assertEquals("gui /gui /extra", get("/gui/extra", "*/*").body());
        assertEquals("exactly /gui/ext null", get("/gui/ext", "*/*").body());
        assertEquals("ext /gui/ext /a/b", get("/gui/ext/a/b", "*/*").body());
    }

    @Test
    public void aRoomThatMovedOutIsDestroyedAndItsPathIsAwayForAMoment() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        HttpServlet room = new HttpServlet() {
            @Override
            public void init() {
                told.add("init");
            }

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response) {
                told.add("service");
            }

            @Override
            public void destroy() {
                told.add("destroy");
            }
        };
        door.moveIn(room, Map.of(Web.PATH, "/gui/*"));
        assertEquals(200, get("/gui/", "*/*").statusCode());
        assertEquals(200, get("/gui/", "*/*").statusCode());
        door.moveOut(room);
        assertEquals(503, get("/gui/", "*/*").statusCode());
        assertEquals(List.of("init", "service", "service", "destroy"), told);
    }

    @Test
    public void aBundleThatGoesInTheMiddleOfARequestIsAwayForAMoment() throws Exception {
        moveIn("/status", (request, response) -> {
            throw new NoClassDefFoundError("org/coppercube/Gone");
        });
        assertEquals(503, get("/status", "*/*").statusCode());
    }

    @Test
    public void whatFailsInTheMiddleOfAnAnswerCutsTheConnection() {
        moveIn("/status", (request, response) -> {
            response.getOutputStream().write(new byte[100_000]);
            throw new IllegalStateException("half of it");
        });
        assertThrows(IOException.class, () -> get("/status", "*/*"));
    }

    /** What a room does. */
    private interface Work {
        void on(HttpServletRequest request, HttpServletResponse response) throws IOException;
    }

    private void moveIn(String path, Work work) {
        door.moveIn(new HttpServlet() {
            @Override
            protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                work.on(request, response);
            }
        }, Map.of(Web.PATH, path));
    }

    private static void say(HttpServletRequest request, HttpServletResponse response, String who) throws IOException {
        response.getWriter().print(who + " " + request.getServletPath() + " " + request.getPathInfo());
    }

    private HttpResponse<String> get(String path, String accept) throws Exception {
        return client.send(request(path, accept).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String accept) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getURI().getPort() + path))
                .header("Accept", accept).timeout(Duration.ofSeconds(10));
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
