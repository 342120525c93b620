// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.collector.bacnet;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
import org.coppercube.collector.bacnet.device.Roster;
import org.coppercube.collector.bacnet.exchange.Meter;
import org.coppercube.collector.bacnet.exchange.Properties;
import org.coppercube.collector.bacnet.exchange.Requests;
import org.coppercube.collector.bacnet.link.Dropped;
import org.coppercube.collector.bacnet.link.Frames;
import org.coppercube.collector.bacnet.link.Loop;
import org.coppercube.collector.bacnet.link.Machine;
import org.coppercube.collector.bacnet.log.Bindings;
import org.coppercube.collector.bacnet.log.CollectedLog;
import org.coppercube.collector.bacnet.log.Hold;
import org.coppercube.collector.bacnet.log.Means;
import org.coppercube.collector.bacnet.message.Questions;
import org.coppercube.collector.bacnet.message.Station;
import org.coppercube.collector.bacnet.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects one network: puts its parts together, and answers for all of them. */
public final class Collector implements Collection, HealthCheck, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    private static final int PASSES_UNTIL_DOWN = 3;
    private static final int REFUSALS_TOLD = 5;
    private static final long FAREWELL_MS = 500;

    /** The connection as questions see it. */
    private final class Wire implements Requests.Wire {
        @Override
        public void send(Station to, byte[] apdu) throws IOException {
            connection.send(to, apdu);
        }

        @Override
        public void fellSilent(Station station) {
            routes.fellSilent(station);
        }
    }

    private final Settings settings;
    private final ArchiveIntake intake;
    private final Loop loop;
    private final Meter meter = new Meter();
    private final Dropped dropped;
    private final Connection connection;
    private final Discovery discovery;
    private final Enrolment enrolment;
    private final Routes routes;
    private final Roster roster;
    private NetworkState.State told;

    Collector(Settings settings, ArchiveIntake intake, Machine machine) {
        this.settings = settings;
        this.intake = intake;
        this.loop = new Loop(settings.name());
        this.dropped = new Dropped(System::nanoTime, line -> LOG.info("Network {}: {}", settings.name(), line));
        this.connection = new Connection(settings, machine, loop, dropped);
        Wire wire = new Wire();
        Requests requests = new Requests(loop, wire, settings.courtesy(), meter);
        Properties properties = new Properties(requests);
        this.enrolment = new Enrolment(settings, loop, properties, requests, wire, connection::address);
        Bindings bindings = new Bindings(enrolment, new TimeMaster(settings, machine.clock(), wire, loop));
        this.roster = new Roster(
                new Means(loop, requests, properties, intake, new Hold(), settings.zone(), bindings), settings);
        this.routes = new Routes(bindings, roster::heard,
                network -> connection.broadcast(Frames.whoIsRouterTo(network)));
        this.discovery = new Discovery(loop, settings.ranges(), slice -> connection.broadcast(Frames.globalHeader(),
                Questions.whoIs(slice.from(), slice.to())));
        Notifications notifications = new Notifications(settings.notifications(), bindings, wire, loop, this::visit);
        Reception reception = new Reception(settings, loop, dropped, connection, requests, roster, routes,
                notifications);
        loop.execute(() -> connection.start(reception, this::opened, this::visit));
        loop.repeat(this::watch, machine.watch());
    }

    private void opened() {
        discovery.start();
        roster.visitAll();
    }

    private void visit(int device) {
        roster.visit(device, List.of());
    }

    private void watch() {
        connection.watch(roster.deviceStates().stream().filter(device -> !device.answering())
                .map(DeviceState::instance).collect(Collectors.toSet()));
        tell();
        seekPlaces();
    }

    /** Collects the logs for which the archive has a place now, and had none when they were found. */
    private void seekPlaces() {
        List<CollectedLog> placed = roster.logs().filter(log -> !log.isArchived() && intake
                .chosen(log.description().id()).orElse(settings.archiveAutomatically())).toList();
        placed.forEach(log -> log.archive(true));
        if (!placed.isEmpty()) {
            collect(placed.stream().map(log -> log.description().id()).collect(Collectors.toSet()));
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
        if (connection.address() == null) {
            return connection.trouble();
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
        return meter.traffic(dropped.counts());
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
        NetworkState state = network();
        List<String> troubles = connection.troubles();
        String alsoWrong = troubles.stream().map(trouble -> "; " + trouble).collect(Collectors.joining());
        if (state.state() == NetworkState.State.DOWN) {
            return new Health(Health.Level.FAILED, "A network is not collected", state.cause() + alsoWrong);
        }
        long failing = roster.logs().filter(log -> !log.trouble().isEmpty()).count();
        long overflowing = roster.logs().filter(log -> !log.overflow().isEmpty()).count();
        String aboutDevices = Stream.of(roster.claimed(), roster.full()).filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        int inTrouble = roster.inTrouble();
        SortedMap<String, Long> refused = dropped.counts();
        String detail = state.devices() + " devices, " + inTrouble + " in trouble, " + state.silent() + " silent; "
                + state.archived() + " of " + state.logs() + " logs archived, " + failing + " failing, " + state.late()
                + " late, " + overflowing + " overflowing" + (aboutDevices.isEmpty() ? "" : "; " + aboutDevices) + alsoWrong
                + unwilling(enrolment.refusals())
                + (refused.isEmpty() ? "" : "; datagrams refused: " + refused);
        boolean whole = inTrouble + failing + state.late() + overflowing == 0 && aboutDevices.isEmpty()
                && troubles.isEmpty();
        return new Health(whole ? Health.Level.OK : Health.Level.DEGRADED,
                whole ? doing(state) : "Not everything on a network is collected", detail);
    }

    private static String unwilling(SortedMap<Integer, String> refusals) {
        return refusals.isEmpty() ? "" : refusals.entrySet().stream().limit(REFUSALS_TOLD)
                .map(one -> one.getKey() + " (" + one.getValue() + ")")
                .collect(Collectors.joining(", ", "; " + refusals.size() + " devices do not notify: ", ""));
    }

    private static String doing(NetworkState state) {
        return state.state() == NetworkState.State.COLLECTING ? "Collecting"
                : state.logs() > 0 && state.archived() == 0 ? "No log is chosen" : "Looking for devices";
    }

    /** Takes leave of devices and BBMDs, ends the batch in hand, and ends all threads within four seconds. */
    @Override
    public void close() {
        if (settings.notifications()) {
            takeLeave();
        }
        loop.close();
        connection.close();
    }

    private void takeLeave() {
        CompletableFuture<Void> farewell = new CompletableFuture<>();
        loop.execute(() -> enrolment.withdraw().thenAccept(farewell::complete));
        try {
            farewell.get(FAREWELL_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("Network {}: the devices could not be told", settings.name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
