// SPDX-License-Identifier: Apache-2.0
package org.coppercube.rest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.junit.ClassRule;
import org.junit.Test;

public class SlowReadersTest {

    private static final String SAMPLES = TrendLogResource.PATH + "/hq.1.TL1/samples";
    private static final GeneratedArchive ENDLESS = new GeneratedArchive().add(DemoNetwork.log("hq.1.TL1", "n"),
            1_000_000_000, i -> new GeneratedArchive.Numbered(1, new Sample(i + 1, i, 0, new Reading.Real(1))));

    @ClassRule
    public static final RestServer SERVER =
            new RestServer().with(new TrendLogResource(ENDLESS, 1), TrendLogResource.PATH + "/*");

    @Test
    public void clientsThatReadSlowlyTakeAllPlacesForSamplesAndNoOthers() throws Exception {
        try (Socket slow = new Socket(SERVER.uri().getHost(), SERVER.uri().getPort())) {
            String request = "GET " + SAMPLES + "?format=csv HTTP/1.1\r\nHost: x\r\n\r\n";
            slow.getOutputStream().write(request.getBytes(US_ASCII));
            assertEquals('H', slow.getInputStream().read()); // the answer has begun
            HttpResponse<String> answer = SERVER.get(SAMPLES + "?limit=1&format=csv", "Accept-Encoding", "gzip");
            assertEquals(503, answer.statusCode());
            assertEquals("5", answer.headers().firstValue("Retry-After").orElseThrow());
            assertTrue(answer.headers().firstValue("Content-Disposition").isEmpty());
            assertEquals(503, SERVER.get(SAMPLES).statusCode());
            assertEquals(200, SERVER.get(TrendLogResource.PATH).statusCode());
        }
        Instant deadline = Instant.now().plus(Duration.ofSeconds(10));
        while (SERVER.get(SAMPLES + "?limit=1").statusCode() != 200) {
            assertTrue("the place of a client that went is free again", Instant.now().isBefore(deadline));
        }
    }
}
