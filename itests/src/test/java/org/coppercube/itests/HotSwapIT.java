// SPDX-License-Identifier: Apache-2.0
package org.coppercube.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.coppercube.api.archive.ArchiveFeed;
import org.coppercube.api.archive.Entry;
import org.coppercube.api.trend.Reading;
import org.coppercube.api.trend.Sample;
import org.coppercube.api.trend.TrendLogId;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/** Every bundle is stopped, started and updated under load: nothing is lost, nothing doubled, nothing left behind. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class HotSwapIT {

    /** The API is every bundle's: it changes with releases only. */
    private static final Set<String> FIXED = Set.of("org.coppercube.api");

    @Inject
    BundleContext context;
    @Inject
    BootFinished booted;

    @Configuration
    public Option[] distribution() {
        return Container.appliance();
    }

    @Test
    public void nothingIsLostOrDoubledOrLeftBehind() throws Exception {
        try (Building building = new Building("--devices", "4", "--logs", "6", "--interval", "1", "--buffer", "3000")) {
            Building.configure("load", building.network("load"));
            Await.until("collecting", () -> Http.get("/api/v1/status").body().contains("\"collecting\":true"));
            Map<Bundle, WeakReference<ClassLoader>> old = new HashMap<>();
            AtomicInteger answered = new AtomicInteger();
            AtomicBoolean done = new AtomicBoolean();
            Thread load = new Thread(() -> load(done, answered), "hot-swap-load");
            load.start();
            try {
                Random random = new Random(20261123);
                for (int round = 0; round < Integer.getInteger("hot.swaps"); round++) {
                    List<Bundle> bundles = ours();
                    Collections.shuffle(bundles, random);
                    for (Bundle bundle : bundles) {
                        old.put(bundle, new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader()));
                        swap(bundle);
                    }
                }
            } finally {
                done.set(true);
                load.join();
            }
            assertTrue("requests answered while swapping: " + answered, answered.get() > 0);
            Await.until("collecting again", () -> Http.get("/api/v1/status").body().contains("\"collecting\":true"));
            collectOnce();
            assertEachRecordOnce();
            for (Map.Entry<Bundle, WeakReference<ClassLoader>> one : old.entrySet()) {
                Await.until("the class loader before the last update of " + one.getKey() + " is gone", () -> {
                    System.gc();
                    return one.getValue().get() == null;
                });
            }
        }
    }

    private List<Bundle> ours() {
        List<Bundle> bundles = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getSymbolicName().startsWith("org.coppercube.") && !FIXED.contains(bundle.getSymbolicName())) {
                bundles.add(bundle);
            }
        }
        return bundles;
    }

    private void swap(Bundle bundle) throws Exception {
        bundle.stop(Bundle.STOP_TRANSIENT);
        bundle.start();
        try (InputStream jar = jar(bundle)) {
            bundle.update(jar);
        }
        CountDownLatch refreshed = new CountDownLatch(1);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), event -> refreshed.countDown());
        assertTrue("refreshed " + bundle, refreshed.await(60, TimeUnit.SECONDS));
        assertEquals(bundle + " runs after its update", Bundle.ACTIVE, bundle.getState());
    }

    /** The bundle's own jar, as a field update would bring it. */
    private static InputStream jar(Bundle bundle) throws Exception {
        String[] at = bundle.getLocation().replaceFirst("^mvn:", "").split("/");
        return java.nio.file.Files.newInputStream(java.nio.file.Path.of(System.getProperty("karaf.home"), "system",
                at[0].replace('.', '/'), at[1], at[2], at[1] + "-" + at[2] + ".jar"));
    }

    /** Somebody reads all the time, and collecting never pauses. */
    private void load(AtomicBoolean done, AtomicInteger answered) {
        while (!done.get()) {
            collectOnce();
            if (Http.serves("/api/v1/trend-logs?limit=10")) {
                answered.incrementAndGet();
            }
        }
    }

    private void collectOnce() {
        try {
            Collection<ServiceReference<org.coppercube.api.collect.Collection>> networks =
                    context.getServiceReferences(org.coppercube.api.collect.Collection.class, null);
            for (ServiceReference<org.coppercube.api.collect.Collection> network : networks) {
                org.coppercube.api.collect.Collection collection = context.getService(network);
                if (collection != null) {
                    collection.collect(Set.of());
                    context.ungetService(network);
                }
            }
        } catch (org.osgi.framework.InvalidSyntaxException | IllegalStateException e) {
            throw new AssertionError(e);
        }
    }

    /** The devices number their records without a hole: so must the archive, each position once, each record once. */
    private void assertEachRecordOnce() throws Exception {
        ServiceReference<ArchiveFeed> reference = context.getServiceReference(ArchiveFeed.class);
        ArchiveFeed feed = context.getService(reference);
        Map<TrendLogId, Long> next = new HashMap<>();
        long position = 0;
        long end = feed.end();
        while (position < end) {
            for (Entry entry : feed.read(position, 5000)) {
                assertEquals("positions follow each other", position + entry.samples().size(), entry.position());
                position = entry.position();
                assertEquals(entry.log().id() + " began no new run", 1, entry.run());
                for (Sample sample : entry.samples()) {
                    assertTrue(entry.log().id() + " lost nothing: " + sample, !(sample.reading() instanceof Reading.Gap));
                    Long expected = next.put(entry.log().id(), sample.sequence() + 1);
                    if (expected != null) {
                        assertEquals(entry.log().id().toString(), expected.longValue(), sample.sequence());
                    }
                }
            }
        }
        assertEquals("logs", 24, next.size());
        context.ungetService(reference);
    }
}
