// SPDX-License-Identifier: Apache-2.0
package org.coppercube.itests;

import static org.junit.Assert.assertEquals;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;

import java.util.ArrayList;
import java.util.EnumSet;
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

/** Each feature installs alone, on a Karaf that has none of ours, and brings what it needs. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class FeaturesIT {

    @Inject
    BundleContext context;
    @Inject
    FeaturesService features;
    @Inject
    BootFinished booted;

    @Configuration
    public Option[] bareDistribution() {
        return Container.appliance(editConfigurationFilePut("etc/org.apache.karaf.features.cfg", "featuresBoot",
                "framework, eventadmin, feature, bundle, config, log"));
    }

    @Test
    public void eachFeatureComesUpAlone() throws Exception {
        List<String> failed = new ArrayList<>();
        int tried = 0;
        for (Feature feature : features.listFeatures()) {
            if (feature.getName().startsWith("coppercube")) {
                tried++;
                features.installFeature(feature, EnumSet.noneOf(FeaturesService.Option.class));
                for (Bundle bundle : context.getBundles()) {
                    if (bundle.getSymbolicName().startsWith("org.coppercube.") && bundle.getState() != Bundle.ACTIVE) {
                        failed.add(feature.getName() + ": " + bundle + " is in state " + bundle.getState());
                    }
                }
                features.uninstallFeature(feature.getName(), feature.getVersion());
            }
        }
        assertEquals(List.of(), failed);
        assertEquals("features tried", 9, tried);
    }
}
