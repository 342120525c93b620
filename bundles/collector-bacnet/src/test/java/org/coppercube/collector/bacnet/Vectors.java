// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.coppercube.collector.bacnet.message.Part;
import org.coppercube.collector.bacnet.message.Questions;

/** The datagrams of {@code bacnet-vectors.txt}. */
public final class Vectors {
    private final Map<String, byte[]> datagrams = new LinkedHashMap<>();

    public Vectors() throws IOException {
        try (InputStream file = Vectors.class.getResourceAsStream("/bacnet-vectors.txt")) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" \\| ")).forEach(line -> datagrams.put(line[0], Hex.bytes(line[2])));
        }
    }

    List<byte[]> datagrams() {
        return List.copyOf(datagrams.values());
    }

    /** Answers of log buffers: without their envelopes. */
    public Map<String, Part> records() {
        Map<String, Part> answers = new LinkedHashMap<>();
        datagrams.forEach((name, datagram) -> {
            if (datagram.length > 9 && datagram[6] == 0x30 && datagram[8] == Questions.READ_RANGE) {
                answers.put(name, new Part(datagram, 9, datagram.length));
            }
        });
        return answers;
    }

    public byte[] datagram(String name) {
        return datagrams.get(name);
    }
}
