// SPDX-License-Identifier: Apache-2.0
package org.coppercube.web;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import javax.servlet.Servlet;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.coppercube.api.web.Web;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one servlet that the web server knows. It puts the strict headers on every answer, leads each request to the room
 * it is for, and answers itself where there is none: 503 where an owner is away for a moment, 404 where there never was
 * one. Rooms come and go with their services, on any thread.
 */
@Component(service = Servlet.class, immediate = true)
@HttpWhiteboardServletName("front-door")
@HttpWhiteboardServletPattern("/*")
@HttpWhiteboardServletAsyncSupported
public final class FrontDoor extends HttpServlet {

    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);
    private static final Pattern OWNED = Pattern.compile("/(status|healthz|readyz|(gui|api/v1)(/.*)?)");
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cache-Control", "no-store");

    private final transient List<Room> rooms = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
            target = "(" + Web.PATH + "=*)", unbind = "moveOut")
    void moveIn(Servlet servlet, Map<String, Object> properties) {
        Object paths = properties.get(Web.PATH);
        rooms.add(new Room(servlet, paths instanceof String[] many ? List.of(many) : List.of(paths.toString())));
    }

    void moveOut(Servlet servlet) {
        rooms.stream().filter(room -> room.isOf(servlet)).toList().forEach(room -> {
            rooms.remove(room);
            room.close();
        });
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        HEADERS.forEach(response::setHeader);
        String asked = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        String path = asked.isEmpty() || asked.equals("/") ? "/status" : asked;
        Optional<Room> room = rooms.stream().filter(each -> each.fit(path) > 0).max(Comparator.comparing(r -> r.fit(path)));
        try {
            if (room.isPresent()) {
                room.get().serve(path, request, new OurWords(asked, request, response), getServletContext());
            } else {
                Problem.of(OWNED.matcher(path).matches() ? 503 : 404).answer(asked, request, response);
            }
        } catch (RuntimeException | ServletException | LinkageError e) {
            if (response.isCommitted()) {
                throw e; // the server cuts the connection: nobody takes half an answer for a whole one
            }
            boolean gone = e instanceof LinkageError; // its bundle went while it was at it
            if (!gone) {
                LOG.error("A request for {} met an error and was answered with status 500", path, e);
            }
            response.resetBuffer();
            Problem.of(gone ? 503 : 500).answer(asked, request, response);
        }
    }
}
