// SPDX-License-Identifier: Apache-2.0
package org.coppercube.shell;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.action.command.ManagerImpl;
import org.apache.karaf.shell.impl.console.SessionFactoryImpl;
import org.apache.karaf.shell.support.parsing.CommandLineImpl;
import org.junit.rules.ExternalResource;

/** Karaf's own console, without a terminal, with these commands. */
final class Console extends ExternalResource {

    private final ThreadIOImpl streams = new ThreadIOImpl();
    private final SessionFactoryImpl factory = new SessionFactoryImpl(streams);

    Console(Class<?>... commands) {
        ManagerImpl manager = new ManagerImpl(factory.getRegistry(), factory.getRegistry());
        for (Class<?> command : commands) {
            manager.register(command);
        }
    }

    /** Offers a service that commands may refer to. */
    void offer(Object service) {
        factory.getRegistry().register(service);
    }

    @Override
    protected void before() {
        streams.start();
    }

    @Override
    protected void after() {
        factory.stop();
        streams.stop();
    }

    /** @return what it prints, without the space at the end of lines */
    String run(String command) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        // Karaf draws tables with lines where the stream can write them
        try (PrintStream out = new PrintStream(printed, true, US_ASCII); Session session = open(out)) {
            session.execute(command);
        }
        StringBuilder text = new StringBuilder();
        printed.toString(US_ASCII).lines().forEach(line -> text.append(line.stripTrailing()).append('\n'));
        return text.toString();
    }

    /** @return what the tabulator key offers for the last word */
    List<String> complete(String command, String... words) {
        List<String> candidates = new ArrayList<>();
        try (Session session = open(new PrintStream(new ByteArrayOutputStream(), true, US_ASCII))) {
            String line = String.join(" ", words);
            factory.getRegistry().getCommand("cube", command).getCompleter(true).complete(session,
                    new CommandLineImpl(words, words.length - 1, words[words.length - 1].length(), line.length(), line),
                    candidates);
        }
        return candidates.stream().map(String::strip).toList();
    }

    private Session open(PrintStream out) {
        return factory.create(new ByteArrayInputStream(new byte[0]), out, out);
    }
}
