// SPDX-License-Identifier: Apache-2.0
package org.coppercube.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/** A wrong cfg file keeps its own network down and says why; the others go on; put right, it comes up. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class NetworkConfigurationIT {

    @Inject
    BootFinished booted;
    @Inject
    SessionFactory shells;

    @Configuration
    public Option[] distribution() {
        return Container.appliance();
    }

    @Test
    public void aWrongFileNamesKeyAndRuleUntilItIsPutRight() throws Exception {
        try (Building building = new Building("--devices", "2", "--logs", "3"); Building other = new Building("--devices", "1", "--logs", "2", "--first-instance", "5001")) {
            Building.configure("good", building.network("north"));
            Building.configure("bad", other.network("south", "device.ranges = 9-1"));
            Await.until("the good network collects", () -> Http.get("/api/v1/networks").body().contains("\"collecting\""));
            Await.until("the bad one says why", () -> shell("cube:status").contains("device.ranges"));
            assertTrue(shell("cube:networks"), shell("cube:networks").contains("misconfigured"));
            String page = Http.get("/").body();
            assertTrue(page, page.contains("org.coppercube.collector.bacnet-bad.cfg: device.ranges: it must be"));
            assertTrue("the value is not for everybody", !page.contains("9-1"));

            Building.configure("bad", other.network("south"));
            Await.until("it comes up", () -> Http.get("/api/v1/trend-logs?site=south").body().contains("south.5001.TL"));
            assertEquals(200, Http.get("/api/v1/trend-logs?site=north").statusCode());
        }
    }

    private String shell(String command) throws Exception {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        java.io.PrintStream print = new java.io.PrintStream(out, true);
        try (Session session = shells.create(new java.io.ByteArrayInputStream(new byte[0]), print, print)) {
            session.execute(command);
        }
        return out.toString();
    }
}
