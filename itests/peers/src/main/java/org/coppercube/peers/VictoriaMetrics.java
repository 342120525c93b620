// SPDX-License-Identifier: Apache-2.0
package org.coppercube.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.coppercube.archive.bench.Store;
import org.coppercube.archive.bench.Tally;
import org.coppercube.archive.bench.Trend;

/** VictoriaMetrics over HTTP. It answers before anything is on disk, and has no place for a sample without a value. */
final class VictoriaMetrics implements Store {

    private static final int SECONDS = 30;

    private final List<Trend> trends;
    private final String url;
    private final Server server;

    VictoriaMetrics(Path directory, List<Trend> trends) throws IOException {
        this.trends = trends;
        String address = "127.0.0.1:" + Server.freePort();
        this.url = "http://" + address;
        this.server = Server.start(directory.resolveSibling("victoria-metrics.log"),
                List.of(Server.root().resolve("usr/bin/victoria-metrics").toString(), "-storageDataPath=" + directory,
                        "-httpListenAddr=" + address, "-retentionPeriod=100y", "-loggerLevel=WARN"),
                () -> connect("/health").getResponseCode() == HttpURLConnection.HTTP_OK);
    }

    @Override
    public boolean keepsNulls() {
        return false;
    }

    @Override
    public void append(List<Piece> pieces) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Piece piece : pieces) {
            append(piece, lines);
        }
        HttpURLConnection connection = connect("/api/v1/import");
        connection.setDoOutput(true);
        byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
        connection.setFixedLengthStreamingMode(body.length);
        try (OutputStream to = connection.getOutputStream()) {
            to.write(body);
        }
        if (connection.getResponseCode() != HttpURLConnection.HTTP_NO_CONTENT) {
            throw new IOException("Samples were refused with " + connection.getResponseCode());
        }
    }

    @Override
    public void scan(int log, int from, int to, Tally tally) throws IOException {
        Trend trend = trends.get(log);
        HttpURLConnection connection = connect("/api/v1/export?match%5B%5D=log" + log + "&start="
                + seconds(trend.time(from)) + "&end=" + seconds(trend.time(to - 1)));
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] values = list(line, "\"values\":[");
                String[] times = list(line, "\"timestamps\":[");
                for (int i = 0; i < values.length; i++) {
                    tally.add(Long.parseLong(times[i]) / 10, Float.parseFloat(values[i]));
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.stop("INT");
    }

    private void append(Piece piece, StringBuilder lines) {
        Trend trend = trends.get(piece.log());
        StringBuilder values = new StringBuilder();
        StringBuilder times = new StringBuilder();
        for (int i = piece.from(); i < piece.to(); i++) {
            if (!Float.isNaN(trend.value(i))) {
                values.append(values.isEmpty() ? "" : ",").append(trend.value(i));
                times.append(times.isEmpty() ? "" : ",").append(trend.time(i)).append('0'); // in 1/1000 s
            }
        }
        if (!values.isEmpty()) {
            lines.append("{\"metric\":{\"__name__\":\"log").append(piece.log()).append("\"},\"values\":[")
                    .append(values).append("],\"timestamps\":[").append(times).append("]}\n");
        }
    }

    private HttpURLConnection connect(String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create(url + path).toURL().openConnection();
        connection.setConnectTimeout(SECONDS * 1_000);
        connection.setReadTimeout(SECONDS * 1_000);
        return connection;
    }

    private static String[] list(String line, String before) {
        int from = line.indexOf(before) + before.length();
        return line.substring(from, line.indexOf(']', from)).split(",");
    }

    private static String seconds(long time) {
        return time / 100 + "." + (time % 100 < 10 ? "0" : "") + time % 100;
    }
}
