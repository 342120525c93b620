// SPDX-License-Identifier: Apache-2.0
package org.coppercube.appliance;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.coppercube.api.appliance.Appliance;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serial and device id, made at the first start and kept in the data directory. The serial is never logged. */
@Component(service = Appliance.class, immediate = true)
public final class Nameplate implements Appliance {

    private static final Logger LOG = LoggerFactory.getLogger(Nameplate.class);
    private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final Pattern SERIAL = Pattern.compile("CC-[" + CROCKFORD + "]{12}");
    private static final Pattern GIVEN = Pattern.compile("[!-~]{6,64}");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final String serial;
    private final UUID deviceId;
    private final String version;
    private final Instant startedAt = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);

    @Activate
    public Nameplate(BundleContext context) throws IOException {
        this(dataDirectory(context), givenSerial(context), context.getBundle().getVersion());
        LOG.info("This is appliance {}, version {}", deviceId, version);
    }

    Nameplate(Path data, Optional<String> given, Version version) throws IOException {
        this.serial = given.isPresent() ? requireSerial(given.get())
                : new KeptText(data.resolve("serial"), SERIAL, "CC- and 12 characters of Crockford's base 32")
                        .readOrKeep(Nameplate::newSerial);
        this.deviceId = UUID.fromString(new KeptText(data.resolve("device-id"), ID, "a UUID in lower case")
                .readOrKeep(() -> UUID.randomUUID().toString()));
        this.version = version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
    }

    @Override
    public String serial() {
        return serial;
    }

    @Override
    public UUID deviceId() {
        return deviceId;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public Instant startedAt() {
        return startedAt;
    }

    private static String newSerial() {
        StringBuilder text = new StringBuilder("CC-");
        new SecureRandom().ints(12, 0, CROCKFORD.length()).forEach(i -> text.append(CROCKFORD.charAt(i)));
        return text.toString();
    }

    private static Path dataDirectory(BundleContext context) {
        return Stream.of("cube.data", "karaf.data").map(context::getProperty).filter(Objects::nonNull).findFirst()
                .map(Path::of)
                .orElseThrow(() -> new IllegalStateException("Neither cube.data nor karaf.data says where data lies"));
    }

    private static Optional<String> givenSerial(BundleContext context) {
        return Stream.of(context.getProperty("CUBE_SERIAL"), System.getenv("CUBE_SERIAL"))
                .filter(text -> text != null && !text.isBlank()).findFirst();
    }

    private static String requireSerial(String given) {
        if (!GIVEN.matcher(given).matches()) { // the value is a password: not even a wrong one belongs in a log
            throw new IllegalArgumentException("CUBE_SERIAL must be 6 to 64 visible ASCII characters without a space;"
                    + " unset it to use the one kept in the data directory");
        }
        return given;
    }
}
