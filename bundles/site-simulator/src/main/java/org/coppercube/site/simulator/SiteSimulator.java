// SPDX-License-Identifier: GPL-3.0-or-later
package org.coppercube.site.simulator;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Main program: plays a building's BACnet devices on loopback. */
public final class SiteSimulator {

    private static final Logger LOG = LoggerFactory.getLogger(SiteSimulator.class);
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private SiteSimulator() {
    }

    public static void main(String[] words) throws InterruptedException {
        System.exit(run(words));
    }

    private static int run(String... words) throws InterruptedException {
        try {
            Arguments arguments = new Arguments(words);
            if (arguments.has(Option.HELP)) {
                System.out.println(Option.help());
            } else {
                play(Settings.of(arguments, Instant.now()));
            }
            return 0;
        } catch (IllegalArgumentException e) {
            System.err.println("Site simulator: " + e.getMessage() + " (" + Option.HELP + " shows all options)");
            return WRONG_USAGE;
        } catch (IOException e) {
            System.err.println("Site simulator: " + e.getMessage());
            return FAILED;
        }
    }

    private static void play(Settings settings) throws IOException, InterruptedException {
        SimulatedClock clock = settings.clock(Clock.systemUTC());
        List<Controller> controllers = new Building(settings, clock).controllers();
        try (Farm farm = Farm.open(settings, clock, controllers)) {
            // The stated contract of this program with scripts: one line, these words, in this order.
            System.out.printf("SIMULATOR ready broadcast=%s port=%d devices=%d logs=%d first=%d%s%n",
                    settings.broadcast().getHostAddress(), farm.port(), settings.devices(),
                    controllers.stream().mapToInt(c -> c.logs().size()).sum(), settings.firstInstance(),
                    farm.addresses());
            System.out.flush();
            if (!settings.quiet()) {
                LOG.info("Devices are at {} and following; their clocks show {} in {}",
                        settings.bind().getHostAddress(), Instant.ofEpochMilli(clock.now()), settings.timeZone());
            }
            farm.await(Duration.ofSeconds(settings.seconds()));
        }
    }
}
