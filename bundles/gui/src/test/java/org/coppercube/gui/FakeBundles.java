// SPDX-License-Identifier: Apache-2.0
package org.coppercube.gui;

import java.lang.reflect.Proxy;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWiring;

/** As much of an OSGi framework as a bundle tracker needs: bundles that start, stop and keep files. */
final class FakeBundles {

    /** A bundle whose files lie on the class path. */
    final class FakeBundle {
        private final String name;
        private final List<Map<String, Object>> pages;
        private int state = Bundle.RESOLVED;
        long modified = 0x18f3aL;
        final Bundle bundle = fake(Bundle.class, (method, args) -> switch (method) {
            case "getSymbolicName" -> symbolicName();
            case "getBundleId" -> 7L;
            case "getLastModified" -> modified;
            case "getState" -> state;
            case "adapt" -> args[0] == BundleWiring.class ? wiring() : null;
            case "getEntry" -> entry((String) args[0]);
            default -> throw new UnsupportedOperationException(method);
        });

        private FakeBundle(String name, List<Map<String, Object>> pages) {
            this.name = name;
            this.pages = pages;
        }

        void start() {
            change(Bundle.ACTIVE, BundleEvent.STARTED);
        }

        void stop() {
            change(Bundle.STOPPING, BundleEvent.STOPPING);
        }

        private void change(int newState, int event) {
            state = newState;
            listeners.forEach(listener -> listener.bundleChanged(new BundleEvent(event, bundle)));
        }

        private String symbolicName() {
            return name;
        }

        private BundleWiring wiring() {
            List<BundleCapability> capabilities = pages.stream().map(attributes -> fake(BundleCapability.class,
                    (method, args) -> attributes)).toList();
            return fake(BundleWiring.class, (method, args) -> capabilities);
        }

        private URL entry(String path) {
            return FakeBundles.class.getResource(path);
        }
    }

    private interface Answer {
        Object to(String method, Object... args);
    }

    private final List<FakeBundle> bundles = new ArrayList<>();
    private final List<BundleListener> listeners = new ArrayList<>();

    final BundleContext context = fake(BundleContext.class, (method, args) -> switch (method) {
        case "getBundles" -> bundles.stream().map(fake -> fake.bundle).toArray(Bundle[]::new);
        case "addBundleListener" -> listeners.add((SynchronousBundleListener) args[0]);
        case "removeBundleListener" -> listeners.remove(args[0]);
        default -> throw new UnsupportedOperationException(method);
    });

    FakeBundle install(String symbolicName, List<Map<String, Object>> pages) {
        FakeBundle bundle = new FakeBundle(symbolicName, pages);
        bundles.add(bundle);
        return bundle;
    }

    int listeners() {
        return listeners.size();
    }

    private static <T> T fake(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) ->
                switch (method.getName()) {
                    case "equals" -> self == args[0];
                    case "hashCode" -> System.identityHashCode(self);
                    case "compareTo" -> Integer.compare(self.hashCode(), args[0].hashCode());
                    case "addBundleListener", "removeBundleListener" -> {
                        answer.to(method.getName(), args);
                        yield null;
                    }
                    default -> answer.to(method.getName(), args);
                }));
    }
}
