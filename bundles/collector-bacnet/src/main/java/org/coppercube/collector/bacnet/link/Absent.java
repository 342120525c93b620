// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.link;

import java.io.IOException;

/** Something answers at a device's address, but it is not that device. */
public final class Absent extends IOException {
    private static final long serialVersionUID = 1;

    public Absent(String message) {
        super(message);
    }
}
