// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.io.IOException;

/** Something answers at a device's address, but it is not that device. */
final class Absent extends IOException {
    private static final long serialVersionUID = 1;

    Absent(String message) {
        super(message);
    }
}
