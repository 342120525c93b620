// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.message;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a host and a port as people write them; a host is an IPv4 address or a name. */
public final class HostPort {
    private static final Pattern FIGURES = Pattern.compile("[\\d.]*");
    private static final Pattern ADDRESS = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
    private static final Pattern HOST = Pattern.compile("(\\p{Alnum}[\\p{Alnum}_-]{0,62}(\\.(?!$)|$)){1,100}");

    private HostPort() {
    }

    /** Whether this is an IPv4 address in numbers; a name would have to be looked up, which may take its time. */
    public static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }

    /** Whether this looks like an address, be it one or not. */
    public static boolean isInFigures(String text) {
        return FIGURES.matcher(text).matches();
    }

    /** Empty if it is neither; unresolved if it is a name. */
    public static Optional<InetSocketAddress> parse(String text, int usualPort) {
        int colon = text.indexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        try {
            int port = colon < 0 ? usualPort : Integer.parseInt(text.substring(colon + 1));
            if (port < 1 || port > 65535) {
                return Optional.empty();
            }
            if (isAddress(host)) {
                return Optional.of(new InetSocketAddress(InetAddress.getByName(host), port));
            }
            return HOST.matcher(host).matches() && !isInFigures(host)
                    ? Optional.of(InetSocketAddress.createUnresolved(host, port)) : Optional.empty();
        } catch (NumberFormatException | UnknownHostException e) {
            return Optional.empty();
        }
    }
}
