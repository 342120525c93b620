// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet.link;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The hosts that the settings name, and where they are. Looking one up may block for a minute, so that is done by
 * threads which nobody waits for. Changed in the loop, read by anybody.
 */
public final class Hosts implements AutoCloseable {
    /** Asks the name servers; blocks. */
    @FunctionalInterface
    public interface Lookup {
        InetAddress[] all(String host) throws UnknownHostException;
    }

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int AT_ONCE = 4;

    private final Lookup lookup;
    private final Loop loop;
    private final ThreadPoolExecutor threads;
    private final Set<InetSocketAddress> underWay = new HashSet<>();
    private final Map<InetSocketAddress, InetSocketAddress> found = new ConcurrentHashMap<>(); // by what is configured
    private final Map<InetSocketAddress, String> unknown = new ConcurrentHashMap<>(); // and why

    public Hosts(String network, Lookup lookup, Loop loop) {
        this.lookup = lookup;
        this.loop = loop;
        this.threads = new ThreadPoolExecutor(AT_ONCE, AT_ONCE, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(task, "collector-bacnet-" + network + "-names");
                    thread.setDaemon(true); // a lookup cannot be interrupted
                    return thread;
                }, new ThreadPoolExecutor.DiscardPolicy());
        threads.allowCoreThreadTimeOut(true);
    }

    /** Looks a host up. @param moved told in the loop when it is somewhere else than before; not if it is not found */
    public void look(InetSocketAddress configured, Consumer<InetSocketAddress> moved) {
        if (!configured.isUnresolved() || !underWay.add(configured)) {
            return;
        }
        loop.schedule(() -> {
            if (underWay.contains(configured)) {
                failed(configured, "no answer from the name server");
            }
        }, PATIENCE);
        threads.execute(() -> {
            try {
                InetAddress first = Stream.of(lookup.all(configured.getHostName()))
                        .filter(Inet4Address.class::isInstance).findFirst()
                        .orElseThrow(() -> new UnknownHostException("no IPv4 address"));
                loop.execute(() -> found(configured, new InetSocketAddress(first, configured.getPort()), moved));
            } catch (UnknownHostException | RuntimeException e) {
                loop.execute(() -> {
                    underWay.remove(configured);
                    failed(configured, "unknown host");
                });
            }
        });
    }

    private void found(InetSocketAddress configured, InetSocketAddress now, Consumer<InetSocketAddress> moved) {
        underWay.remove(configured);
        unknown.remove(configured);
        if (!now.equals(found.put(configured, now))) {
            moved.accept(now);
        }
    }

    private void failed(InetSocketAddress configured, String why) {
        if (!found.containsKey(configured)) { // where it was until now it may still be
            unknown.put(configured, why);
        }
    }

    /** Where something configured is, as far as we know. */
    public Optional<InetSocketAddress> address(InetSocketAddress configured) {
        return configured.isUnresolved() ? Optional.ofNullable(found.get(configured)) : Optional.of(configured);
    }

    /** Which of these cannot be found, and why. */
    public List<String> missing(Stream<InetSocketAddress> configured) {
        return configured.filter(unknown::containsKey).map(one -> one.getHostName() + " (" + unknown.get(one) + ")")
                .toList();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
