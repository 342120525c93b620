// SPDX-License-Identifier: Apache-2.0
package org.coppercube.gui;

import java.io.IOException;
import java.net.URL;
import java.net.URLConnection;
import java.util.Map;
import java.util.regex.Pattern;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.osgi.framework.Bundle;

/** The files that a bundle keeps below {@code /web/}. */
final class BundleFiles {

    /** Says what is allowed, not what is refused: no empty part, none that begins with a dot, nothing exotic. */
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("css", "text/css;charset=utf-8"),
            Map.entry("html", "text/html;charset=utf-8"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("js", "text/javascript;charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("mjs", "text/javascript;charset=utf-8"),
            Map.entry("png", "image/png"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("txt", "text/plain;charset=utf-8"),
            Map.entry("webp", "image/webp"),
            Map.entry("woff2", "font/woff2"));

    private BundleFiles() {
    }

    /** Whether this can be the path of a file below {@code /web/}. */
    static boolean isPath(String path) {
        return PATH.matcher(path).matches();
    }

    /** Answers with the file, with 304 when the browser has it, or with 404. */
    static void send(Bundle bundle, String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        URL file = isPath(path) && type != null ? bundle.getEntry("/web/" + path) : null;
        if (file == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        String tag = "\"%x-%x\"".formatted(bundle.getBundleId(), bundle.getLastModified());
        response.setHeader("ETag", tag);
        response.setHeader("Cache-Control", "no-cache"); // asks each time, so that an update shows at once
        if (knows(request.getHeader("If-None-Match"), tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        URLConnection content = file.openConnection();
        content.setUseCaches(false);
        response.setContentType(type);
        try (var in = content.getInputStream()) {
            byte[] bytes = in.readAllBytes();
            response.setContentLength(bytes.length);
            response.getOutputStream().write(bytes);
        }
    }

    private static boolean knows(String ifNoneMatch, String tag) {
        return ifNoneMatch != null && (ifNoneMatch.contains(tag) || ifNoneMatch.trim().equals("*"));
    }
}
