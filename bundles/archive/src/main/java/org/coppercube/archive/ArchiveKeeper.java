// SPDX-License-Identifier: Apache-2.0
package org.coppercube.archive;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.coppercube.api.archive.ArchiveFeed;
import org.coppercube.api.archive.ArchiveIntake;
import org.coppercube.api.archive.ArchiveMaintenance;
import org.coppercube.api.archive.ArchiveQuery;
import org.coppercube.api.health.Health;
import org.coppercube.api.health.HealthCheck;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the archive, however often it takes, and offers its faces for as long as it is open. They are registered
 * by hand, because a component that cannot open its archive would be gone without a word, and for ever.
 */
@Component(service = HealthCheck.class, immediate = true, configurationPid = "org.coppercube.archive",
        property = HealthCheck.NAME + "=archive")
@Designate(ocd = ArchiveKeeper.Config.class)
@Capability(namespace = "osgi.service", effective = "active", uses = ArchiveIntake.class,
        attribute = "objectClass:List<String>=\"org.coppercube.api.archive.ArchiveIntake,"
                + "org.coppercube.api.archive.ArchiveFeed,org.coppercube.api.archive.ArchiveQuery,"
                + "org.coppercube.api.archive.ArchiveMaintenance\"")
public final class ArchiveKeeper implements HealthCheck, AutoCloseable {

    @ObjectClassDefinition(name = "Archive", description = "Where samples are kept.")
    public @interface Config {
        @AttributeDefinition(required = false,
                description = "Directory of the archive; empty for the directory archive below the appliance's data.")
        String directory() default "";

        @AttributeDefinition(type = AttributeType.INTEGER,
                description = "Days that samples are kept; 0 for ever.")
        String retention_days() default "0";

        @AttributeDefinition(required = false, description = "Other days for some logs, comma separated, as in"
                + " hq.1200.*=365: a trend log id in which * stands for anything; the first that fits counts.")
        String retention_logs() default "";

        @AttributeDefinition(type = AttributeType.INTEGER, description = "Gigabytes that sealed samples may take;"
                + " beyond that the oldest go, whether or not everybody has taken them. 0 for no limit.")
        String retention_gigabytes() default "0";

        @AttributeDefinition(type = AttributeType.INTEGER,
                description = "From so many percent on, used of the disk, there is a warning.")
        String disk_warn_percent() default "80";

        @AttributeDefinition(type = AttributeType.INTEGER,
                description = "With fewer megabytes free on the disk nothing more is taken in; 0 for never.")
        String disk_stop_megabytes() default "100";

        @AttributeDefinition(type = AttributeType.INTEGER, description = "Megabytes of a file that is deleted when the"
                + " disk is full, to have room to act; 0 for none.")
        String ballast_megabytes() default "64";

        @AttributeDefinition(required = false,
                description = "How many logs are archived at most: S 250, M 1,000, L 2,500 or XL 5,000.")
        String capacity() default "XL";
    }

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveKeeper.class);
    private static final Duration PACE = Duration.ofSeconds(10);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** Those who use the archive have four seconds to let go of it, and then it has four to close. */
    private static final Duration WAIT_TO_CLOSE = Duration.ofSeconds(9);

    private final Supplier<DerbyArchive> opening;
    private final Function<DerbyArchive, Runnable> offering;
    private final Duration pace;
    private final Rounds rounds;
    private String reason = "";
    private volatile Supplier<Health> health =
            () -> new Health(Health.Level.DEGRADED, "The archive is being opened", "");

    @Activate
    public ArchiveKeeper(BundleContext context, Config config) {
        this(() -> open(directory(context::getProperty, config.directory()), Limits.of(config)),
                archive -> offer(archive, directory(context::getProperty, config.directory()), context), PACE);
    }

    /**
     * @param opening opens the archive or throws why not
     * @param offering offers an open archive, and returns what withdraws it again
     * @param pace time between two attempts to open it
     */
    ArchiveKeeper(Supplier<DerbyArchive> opening, Function<DerbyArchive, Runnable> offering, Duration pace) {
        this.opening = opening;
        this.offering = offering;
        this.pace = pace;
        this.rounds = new Rounds("archive-keeper", pace, this::keep,
                "The archive took too long to close and was interrupted; it repairs itself at its next start");
    }

    @Override
    public Health check() {
        return health.get();
    }

    @Deactivate
    @Override
    public void close() {
        rounds.closeOrInterrupt(WAIT_TO_CLOSE);
    }

    private void keep(Rounds attempts) throws InterruptedException {
        try (DerbyArchive archive = opening.get()) {
            health = archive::health;
            offerUntilTheEnd(archive, attempts);
        } catch (RuntimeException | Error e) { // whatever it is: nobody else would hear of it
            String before = reason;
            reason = Optional.ofNullable(e.getMessage()).orElseGet(e::toString);
            tell(before, reason);
        }
    }

    private void offerUntilTheEnd(DerbyArchive archive, Rounds attempts) throws InterruptedException {
        Runnable withdrawal = offering.apply(archive);
        try {
            attempts.awaitEnd();
        } finally {
            withdrawal.run();
        }
    }

    private static Runnable offer(DerbyArchive archive, Path directory, BundleContext context) {
        ServiceRegistration<?> faces = context.registerService(new String[] {ArchiveIntake.class.getName(),
            ArchiveFeed.class.getName(), ArchiveQuery.class.getName(), ArchiveMaintenance.class.getName()}, archive,
                null);
        Nightly nightly = new Nightly(archive, Clock.systemDefaultZone(), MINUTE);
        Requests requests = new Requests(archive, directory.resolve("requests"), LOOK);
        return () -> {
            faces.unregister();
            requests.close();
            nightly.close();
        };
    }

    private void tell(String before, String reason) {
        health = () -> new Health(Health.Level.FAILED, "The archive cannot be opened", reason);
        if (!reason.equals(before)) { // said once, not every ten seconds
            LOG.error("{}; trying again every {} s", reason, pace.toSeconds());
        }
    }

    private static DerbyArchive open(Path directory, Limits limits) {
        return new DerbyArchive(directory, Journal.MOST_BYTES, Clock.systemDefaultZone(), limits,
                DiskSpace.of(directory));
    }

    static Path directory(UnaryOperator<String> property, String configured) {
        String data = Optional.ofNullable(property.apply("cube.data")).orElseGet(() -> property.apply("karaf.data"));
        Path below = Path.of(configured.isBlank() ? "archive" : configured.strip());
        if (data == null && !below.isAbsolute()) {
            throw new IllegalArgumentException("directory is \"" + configured
                    + "\"; it must be absolute where cube.data and karaf.data are not set");
        }
        return data == null ? below : Path.of(data).toAbsolutePath().resolve(below);
    }
}
