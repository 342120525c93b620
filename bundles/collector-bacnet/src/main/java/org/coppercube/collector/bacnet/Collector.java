// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.coppercube.api.archive.ArchiveIntake;
import org.coppercube.api.collect.Collection;
import org.coppercube.api.collect.DeviceState;
import org.coppercube.api.collect.LogState;
import org.coppercube.api.collect.NetworkState;
import org.coppercube.api.collect.Traffic;
import org.coppercube.api.health.Health;
import org.coppercube.api.health.HealthCheck;
import org.coppercube.api.trend.TrendLog;
import org.coppercube.api.trend.TrendLogId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects one network: keeps the link open, brings what comes to those it is for, and answers for all of them. */
final class Collector implements Collection, HealthCheck, FencedLink.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    private static final Duration REOPEN = Duration.ofSeconds(5);
    private static final Duration WATCH = Duration.ofSeconds(30);
    private static final int PASSES_UNTIL_DOWN = 3;

    private final Settings settings;
    private final ArchiveIntake intake;
    private final Loop loop;
    private final Requests requests;
    private final Discovery discovery;
    private final Roster roster;
    private NetworkState.State told;
    private volatile FencedLink link;
    private volatile OwnDevice own;
    private volatile String trouble = "";

    Collector(Settings settings, ArchiveIntake intake) {
        this.settings = settings;
        this.intake = intake;
        this.loop = new Loop(settings.name());
        this.requests = new Requests(loop, this::send, settings.timeout(), settings.retries());
        this.discovery = new Discovery(loop, settings.ranges(), this::whoIs);
        this.roster = new Roster(
                new Means(loop, requests, new Properties(requests), intake, new Hold(), settings.zone()), settings);
        loop.execute(this::open);
        loop.repeat(this::watch, WATCH);
    }

    private void open() {
        try {
            link = new FencedLink(Attachment.find(settings.networkInterface()), settings, this);
            own = new OwnDevice(settings.deviceInstance(), link);
            trouble = "";
            discovery.start();
            roster.visitAll();
        } catch (IOException | RuntimeException e) { // BACnet4J's are undeclared
            closeLink();
            String why = Failures.message(e);
            if (!why.equals(trouble)) {
                LOG.warn("Network {} cannot be opened ({}); trying again every {} s", settings.name(), why,
                        REOPEN.toSeconds());
            }
            trouble = why;
            loop.schedule(this::open, REOPEN);
        }
    }

    private void closeLink() {
        if (link != null) {
            link.close();
            link = null;
        }
        if (own != null) {
            own.close();
            own = null;
        }
    }

    /** BACnet4J's only thread may hang, and our address may go: then all is made anew. */
    private void watch() {
        if (link != null) {
            String reason = own.isAlive() ? moved() : "BACnet4J does not answer any more";
            if (!reason.isEmpty()) {
                LOG.warn("Network {} is opened anew: {}", settings.name(), reason);
                closeLink();
                open();
            }
        }
        tell();
    }

    private String moved() {
        try {
            Attachment now = Attachment.find(settings.networkInterface());
            return now.equals(link.attachment()) ? "" : "our address has changed";
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    private void tell() {
        NetworkState now = network();
        if (now.state() != told) { // said once, when it changes
            told = now.state();
            String why = now.cause().isEmpty() ? "" : " (" + now.cause() + ")";
            LOG.info("Network {} (site {}) is {}{}: {} devices, {} trend logs, {} of them archived", settings.name(),
                    settings.site(), told.name().toLowerCase(Locale.ROOT), why, now.devices(), now.logs(),
                    now.archived());
        }
    }

    private void send(Station to, byte[] apdu) throws IOException {
        FencedLink now = link;
        if (now == null) {
            throw new IOException("the network is down");
        }
        now.ask(to, apdu);
    }

    private void whoIs(DeviceRanges.Range slice) {
        FencedLink now = link;
        if (now != null) {
            now.broadcast(Frames.globalHeader(), Questions.whoIs(slice.from(), slice.to()));
        }
    }

    @Override
    public void answer(Station from, byte[] datagram, int apdu) {
        loop.offer(() -> requests.answered(from, datagram, apdu));
    }

    @Override
    public void announcement(Station from, byte[] datagram, int apdu) {
        try {
            Tags tags = new Part(datagram, apdu + 2, datagram.length).tags();
            ObjectId device = tags.application(12).objectId();
            int maxApdu = (int) Math.min(Contact.LONGEST_APDU, tags.application(2).unsigned32());
            if (device.type() == ObjectId.DEVICE && settings.ranges().contains(device.instance())
                    && device.instance() != settings.deviceInstance()) {
                loop.offer(() -> roster.heard(device.instance(), from, maxApdu));
            }
        } catch (ProtocolException e) {
            LOG.debug("Network {}: an I-Am from {} is none", settings.name(), from, e);
        }
    }

    @Override
    public void question(InetSocketAddress from, byte[] datagram, int npdu) {
        OwnDevice now = own;
        if (now != null) {
            now.question(from, datagram, npdu);
        }
    }

    @Override
    public NetworkState network() {
        List<CollectedLog> logs = roster.logs().toList();
        List<CollectedLog> archived = logs.stream().filter(CollectedLog::isArchived).toList();
        int silent = roster.silent();
        String cause = cause(silent, archived);
        NetworkState.State state = !cause.isEmpty() ? NetworkState.State.DOWN
                : archived.stream().anyMatch(CollectedLog::isCollected) ? NetworkState.State.COLLECTING
                : NetworkState.State.STARTING;
        return new NetworkState(settings.name(), settings.site(), state, cause, roster.size(), silent, logs.size(),
                archived.size(), (int) archived.stream().filter(log -> log.isLate(settings.visit())).count());
    }

    private String cause(int silent, List<CollectedLog> archived) {
        if (link == null) {
            return trouble;
        }
        if (roster.size() == 0) {
            return discovery.passes() < PASSES_UNTIL_DOWN ? ""
                    : "no device answers on " + settings.networkInterface() + " port " + settings.port();
        }
        if (silent == roster.size()) {
            return "none of its " + silent + " devices answers";
        }
        boolean none = !archived.isEmpty() && archived.stream().noneMatch(log -> log.trouble().isEmpty());
        return none ? "none of its " + archived.size() + " archived logs can be collected ("
                + archived.get(0).trouble() + ")" : "";
    }

    @Override
    public List<DeviceState> devices() {
        return roster.deviceStates();
    }

    @Override
    public List<LogState> logs() {
        return roster.logStates();
    }

    @Override
    public Traffic traffic() {
        return Traffic.NONE;
    }

    @Override
    public Optional<LogState> log(TrendLogId id) {
        return roster.logState(id);
    }

    @Override
    public int collect(Set<TrendLogId> ids) {
        Stream<CollectedLog> logs = ids.isEmpty() ? roster.logs().filter(CollectedLog::isArchived)
                : ids.stream().flatMap(id -> roster.log(id).stream());
        Map<Integer, List<TrendLogId>> byDevice = logs.map(log -> log.description().id())
                .collect(Collectors.groupingBy(TrendLogId::device));
        byDevice.forEach((instance, wanted) -> loop.execute(() -> roster.visit(instance, wanted)));
        return byDevice.values().stream().mapToInt(List::size).sum();
    }

    @Override
    public int choose(Set<TrendLogId> ids, boolean archived) {
        List<CollectedLog> logs = ids.stream().flatMap(id -> roster.log(id).stream()).toList();
        List<TrendLog> descriptions = logs.stream().map(CollectedLog::description).toList();
        intake.describe(descriptions);
        intake.choose(descriptions.stream().map(TrendLog::id).toList(), archived);
        logs.forEach(log -> log.archive(archived));
        if (archived && !logs.isEmpty()) {
            collect(ids);
        }
        return logs.size();
    }

    @Override
    public Health check() {
        FencedLink now = link;
        NetworkState state = network();
        if (state.state() == NetworkState.State.DOWN) {
            return new Health(Health.Level.FAILED, "A network is not collected", state.cause());
        }
        long failing = roster.logs().filter(log -> !log.trouble().isEmpty()).count();
        long overflowing = roster.logs().filter(log -> !log.overflow().isEmpty()).count();
        String claimed = roster.claimed();
        int inTrouble = roster.inTrouble();
        List<InetSocketAddress> away = now == null ? List.of() : now.bbmds().away();
        Map<Fence.Verdict, Long> refused = now == null ? Map.of() : now.refused();
        String detail = state.devices() + " devices, " + inTrouble + " in trouble, " + state.silent() + " silent; "
                + state.archived() + " of " + state.logs() + " logs archived, " + failing + " failing, " + state.late()
                + " late, " + overflowing + " overflowing"
                + (claimed.isEmpty() ? "" : "; " + claimed)
                + (away.isEmpty() ? "" : "; no answer from BBMD " + away)
                + (refused.isEmpty() ? "" : "; datagrams refused: " + refused);
        boolean whole =
                inTrouble + failing + state.late() + overflowing == 0 && claimed.isEmpty() && away.isEmpty();
        return new Health(whole ? Health.Level.OK : Health.Level.DEGRADED,
                whole ? doing(state) : "Not everything on a network is collected", detail);
    }

    private static String doing(NetworkState state) {
        return state.state() == NetworkState.State.COLLECTING ? "Collecting"
                : state.logs() > 0 && state.archived() == 0 ? "No log is chosen" : "Looking for devices";
    }

    /** Ends the batch in hand, takes leave of the BBMDs, and ends all threads within four seconds. */
    @Override
    public void close() {
        loop.close();
        closeLink();
    }
}
