// SPDX-License-Identifier: Apache-2.0
package org.coppercube.web;

import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import javax.servlet.Servlet;
import javax.servlet.ServletConfig;
import javax.servlet.ServletContext;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletRequestWrapper;
import javax.servlet.http.HttpServletResponse;

/** A servlet behind the front door. It is initialised at its first request, as the Servlet API has it. */
final class Room {

    private final Servlet servlet;
    private final List<String> paths;
    private boolean open;

    /** @param paths either {@code /one} path or all {@code /below/*} one */
    Room(Servlet servlet, List<String> paths) {
        this.servlet = servlet;
        this.paths = paths;
    }

    boolean isOf(Servlet other) {
        return servlet == other;
    }

    /** How well it fits: length of the part of the path that it names, one more if it names all of it; 0 if not. */
    int fit(String path) {
        return paths.stream().mapToInt(each -> fit(each, path)).max().orElse(0);
    }

    void serve(String path, HttpServletRequest request, HttpServletResponse response, ServletContext context)
            throws ServletException, IOException {
        initialise(context);
        int named = Math.min(fit(path), path.length());
        servlet.service(new HttpServletRequestWrapper(request) {
            @Override
            public String getServletPath() {
                return path.substring(0, named);
            }

            @Override
            public String getPathInfo() {
                return named == path.length() ? null : path.substring(named);
            }
        }, response);
    }

    synchronized void close() {
        if (open) {
            servlet.destroy();
        }
    }

    private synchronized void initialise(ServletContext context) throws ServletException {
        if (!open) {
            servlet.init(new Config(servlet.getClass().getName(), context));
            open = true;
        }
    }

    private static int fit(String pattern, String path) {
        if (!pattern.endsWith("/*")) {
            return path.equals(pattern) ? pattern.length() + 1 : 0;
        }
        String folder = pattern.substring(0, pattern.length() - 2);
        return path.equals(folder) || path.startsWith(folder + "/") ? folder.length() : 0;
    }

    private record Config(String getServletName, ServletContext getServletContext) implements ServletConfig {
        @Override
        public String getInitParameter(String name) {
            return null;
        }

        @Override
        public Enumeration<String> getInitParameterNames() {
            return Collections.emptyEnumeration();
        }
    }
}
