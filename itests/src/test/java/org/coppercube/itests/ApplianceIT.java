// SPDX-License-Identifier: Apache-2.0
package org.coppercube.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The distribution boots whole and serves its pages; Karaf lets nobody in. What it listens on is seen from outside. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ApplianceIT {

    @Inject
    BundleContext context;
    @Inject
    FeaturesService features;
    @Inject
    BootFinished booted;

    @Configuration
    public Option[] distribution() {
        return Container.appliance();
    }

    @Test
    public void everyBundleIsActive() throws Exception {
        Await.until("the appliance's feature is installed", () -> {
            Feature appliance = features.getFeature("coppercube"); // null until its repository is read
            return appliance != null && features.isInstalled(appliance);
        });
        List<String> others = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            boolean fragment = bundle.getHeaders().get("Fragment-Host") != null;
            if (!fragment && bundle.getState() != Bundle.ACTIVE && bundle.getState() != Bundle.STARTING) {
                others.add(bundle + " is in state " + bundle.getState());
            }
        }
        assertEquals(List.of(), others);
    }

    @Test
    public void everyPageAnswers() throws Exception {
        for (String path : List.of("/", "/gui/", "/healthz", "/api/v1/status", "/api/v1/trend-logs", "/api/v1/networks",
                "/api/v1/devices", "/api/v1/openapi.json", "/api/v1/ui/nav")) {
            Await.until(path, () -> Http.serves(path));
        }
        assertEquals(404, Http.get("/api/v1/nothing").statusCode());
        assertTrue(Http.get("/").headers().firstValue("Content-Security-Policy").orElse("").contains("default-src 'none'"));
    }

    @Test
    public void knowsNoUserAndNoRemoteRepository() throws Exception {
        Path etc = Path.of(System.getProperty("karaf.etc"));
        for (String file : List.of("users.properties", "keys.properties")) {
            assertTrue(file, Files.readAllLines(etc.resolve(file)).stream().allMatch(l -> l.isBlank() || l.startsWith("#")));
        }
        assertFalse(Files.exists(etc.resolve("org.apache.felix.fileinstall-deploy.cfg")));
        assertTrue(Files.readAllLines(etc.resolve("org.ops4j.pax.url.mvn.cfg")).stream()
                .anyMatch(line -> line.replace(" ", "").equals("org.ops4j.pax.url.mvn.repositories=")));
    }
}
