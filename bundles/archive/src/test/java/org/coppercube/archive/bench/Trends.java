// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Reads real trends from a directory of {@code *.csv.gz}: a line {@code #log,NAME,R|E,COUNT,FIRST TIME} opens a log,
 * and each of the COUNT lines below it is a sample, seconds after the one before and its value, empty for NULL.
 */
public final class Trends {

    private Trends() {
    }

    /** All of them, in the order of the files' names. */
    public static List<Trend> load(Path directory) throws IOException {
        List<Trend> trends = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".csv.gz")).sorted().toList()) {
                load(file, trends);
            }
        }
        return trends;
    }

    private static void load(Path file, List<Trend> trends) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("#log,")) {
                    String[] parts = line.split(",");
                    trends.add(read(lines, parts[2].equals("E"), Integer.parseInt(parts[3]), Long.parseLong(parts[4])));
                }
            }
        }
    }

    private static Trend read(BufferedReader lines, boolean enumerated, int count, long begin) throws IOException {
        IntBuffer seconds = ByteBuffer.allocateDirect(Integer.BYTES * count).asIntBuffer();
        FloatBuffer values = ByteBuffer.allocateDirect(Float.BYTES * count).asFloatBuffer();
        int time = 0;
        for (int i = 0; i < count; i++) {
            String line = lines.readLine();
            int comma = line.indexOf(',');
            time += Integer.parseInt(line, 0, comma, 10);
            seconds.put(i, time);
            values.put(i, comma + 1 == line.length() ? Float.NaN : Float.parseFloat(line.substring(comma + 1)));
        }
        return new Trend(enumerated, begin, seconds, values);
    }
}
