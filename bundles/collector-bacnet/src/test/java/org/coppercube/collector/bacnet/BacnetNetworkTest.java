// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import static org.junit.Assert.assertThrows;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import org.junit.Test;
import org.osgi.framework.BundleContext;

public class BacnetNetworkTest {

    @Test
    public void nothingIsLeftRunningByABundleThatIsAlreadyBeingStopped() {
        BundleContext stopped = (BundleContext) Proxy.newProxyInstance(BundleContext.class.getClassLoader(),
                new Class<?>[] {BundleContext.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException("the bundle is stopped");
                });
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Map<String, Object> properties = Map.of("site", "hq", "interface", "127.0.0.1", "port", 1);
        assertThrows(IllegalStateException.class,
                () -> new BacnetNetwork(new MemoryIntake(), stopped, properties));
        Await.until("its threads are gone", () -> Thread.getAllStackTraces().keySet().stream()
                .allMatch(thread -> before.contains(thread) || !thread.isAlive()));
    }
}
