// SPDX-License-Identifier: Apache-2.0
package org.coppercube.web;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
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
import java.util.EnumSet;
import javax.servlet.DispatcherType;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.servlet.FilterHolder;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public class FrontDoorTest {

    private final Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
    private final ServletContextHandler context = new ServletContextHandler(server, "/");
    private final HttpClient client = HttpClient.newHttpClient();

    @Before
    public void start() throws Exception {
        context.addFilter(new FilterHolder(new StrictHeaders()), "/*", EnumSet.of(DispatcherType.REQUEST));
        context.addServlet(new ServletHolder(new Fallback()), "/*");
        ServletHolder signs = new ServletHolder(new DoorSigns());
        context.addServlet(signs, "/favicon.svg");
        context.addServlet(signs, "/door.css");
        context.addServlet(new ServletHolder(new HttpServlet() {
            @Override
            protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                response.sendError(500, "the secret of the house");
            }
        }), "/broken");
        context.addServlet(new ServletHolder(new ErrorPage()), "/-error");
        ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
        errors.addErrorPage(400, 599, "/-error");
        errors.addErrorPage(Throwable.class, "/-error");
        context.setErrorHandler(errors);
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
        ServletHolder page = new ServletHolder(new HttpServlet() {
            @Override
            protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                response.getWriter().print("all is well");
            }
        });
        assertEquals(503, get("/", "text/html").statusCode());
        context.addServlet(page, "/status");
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
