// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.servlet.http.HttpServletRequest;

/** What a client is ready to take (RFC 9110, 12.5). */
final class Accept {

    private Accept() {
    }

    /** The one of these media types that the client likes best, the first of equals; empty when it takes none. */
    static Optional<String> best(HttpServletRequest request, List<String> types) {
        String header = header(request, "Accept");
        if (header.isBlank()) {
            return Optional.of(types.get(0));
        }
        return types.stream().filter(type -> quality(header, type) > 0)
                .min(Comparator.comparingDouble(type -> -quality(header, type)));
    }

    static boolean gzip(HttpServletRequest request) {
        return quality(header(request, "Accept-Encoding"), List.of("gzip", "*")) > 0;
    }

    private static double quality(String header, String type) {
        return quality(header, List.of(type, type.substring(0, type.indexOf('/')) + "/*", "*/*"));
    }

    /** The quality value of the first of these ranges, from special to general, that the header has; else 0. */
    private static double quality(String header, List<String> ranges) {
        for (String range : ranges) {
            for (String element : header.split(",")) {
                String[] parts = element.strip().split("\\s*;\\s*", -1); // one part at least
                if (parts[0].equalsIgnoreCase(range)) {
                    return quality(parts);
                }
            }
        }
        return 0;
    }

    private static double quality(String[] parts) {
        for (String part : parts) {
            if (part.matches("[qQ]=[01](\\.\\d{0,3})?")) {
                return Double.parseDouble(part.substring(2));
            }
        }
        return 1;
    }

    private static String header(HttpServletRequest request, String name) {
        return String.join(",", Collections.list(request.getHeaders(name)));
    }
}
