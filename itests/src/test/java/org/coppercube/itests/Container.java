// SPDX-License-Identifier: Apache-2.0
package org.coppercube.itests;

import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.options.extra.VMOption;

/** The options every container has: the distribution as it ships, on a free port, with the flags of bin/cube. */
final class Container {

    private Container() {
    }

    static Option[] appliance(Option... more) {
        List<Option> options = new ArrayList<>(List.of(
                karafDistributionConfiguration().frameworkUrl(new File(System.getProperty("distribution")).toURI().toString())
                        .name("coppercube").unpackDirectory(new File("target/exam")),
                keepRuntimeFolder(),
                configureConsole().ignoreLocalConsole(),
                systemProperty("cube.bind").value("127.0.0.1"),
                systemProperty("cube.http.port").value(Integer.toString(freePort())),
                editConfigurationFilePut("etc/org.ops4j.pax.url.mvn.cfg", "org.ops4j.pax.url.mvn.localRepository",
                        System.getProperty("org.ops4j.pax.url.mvn.localRepository"))));
        for (String passed : List.of("simulator", "project.version", "hot.swaps", "root")) {
            options.add(systemProperty(passed).value(System.getProperty(passed)));
        }
        for (String flag : ("-Xmx384m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"
                + " --add-opens java.base/java.lang=ALL-UNNAMED --add-opens java.base/java.net=ALL-UNNAMED"
                + " --add-opens java.base/java.security=ALL-UNNAMED --add-opens java.base/java.util=ALL-UNNAMED"
                + " --add-exports=java.base/sun.net.www.protocol.file=ALL-UNNAMED"
                + " --add-exports=java.base/sun.net.www.protocol.jar=ALL-UNNAMED"
                + " -classpath lib/jdk9plus/*" + File.pathSeparator + "lib/boot/*" + File.pathSeparator
                + "lib/endorsed/*").split(" ")) {
            options.add(new VMOption(flag));
        }
        options.addAll(List.of(more));
        return options.toArray(Option[]::new);
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
