// SPDX-License-Identifier: Apache-2.0
package org.coppercube.gui;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.coppercube.api.web.Web;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.BundleTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which pages there are right now: those that active bundles announce by the capability {@link Web#PAGE}. */
@Component(service = Pages.class)
public final class Pages implements AutoCloseable {

    /** A page and whose it is. */
    record Offer(Bundle bundle, Page page) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(Pages.class);

    private final BundleTracker<List<Page>> bundles;

    @Activate
    public Pages(BundleContext context) {
        bundles = new BundleTracker<>(context, Bundle.ACTIVE, null) {
            @Override
            public List<Page> addingBundle(Bundle bundle, BundleEvent event) {
                List<Page> pages = announcedBy(bundle);
                return pages.isEmpty() ? null : pages; // null: not tracked
            }
        };
        bundles.open();
    }

    /** All pages in the order of the menu. */
    List<Offer> offers() {
        List<Offer> offers = new ArrayList<>();
        bundles.getTracked().forEach((bundle, pages) -> pages.forEach(page -> offers.add(new Offer(bundle, page))));
        offers.sort(Comparator.comparing(Offer::page, Page.MENU_ORDER));
        return offers;
    }

    /** The bundle of this symbolic name, if it announces a page. */
    Optional<Bundle> bundle(String symbolicName) {
        return bundles.getTracked().keySet().stream()
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName())).findFirst();
    }

    @Deactivate
    @Override
    public void close() {
        bundles.close();
    }

    private static List<Page> announcedBy(Bundle bundle) {
        List<Page> pages = new ArrayList<>();
        for (BundleCapability capability : bundle.adapt(BundleWiring.class).getCapabilities(Web.PAGE)) {
            try {
                pages.add(Page.of(capability.getAttributes()));
            } catch (IllegalArgumentException e) {
                LOG.warn("A page of {} is left out of the menu: {}", bundle.getSymbolicName(), e.getMessage());
            }
        }
        return pages;
    }
}
