package io.github.backupcodes.support.server;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JaCoCo inside Keycloak: where these tests are measured, the extension in the server is, into the same file. */
final class JacocoAgent {

    private static final Pattern AGENT =
            Pattern.compile("-javaagent:(.*org\\.jacoco\\.agent.*\\.jar)=(?:.*,)?destfile=([^,]+).*");

    private JacocoAgent() {}

    /** The option of the server's JVM; empty where nothing is measured. */
    static Optional<String> option() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .map(AGENT::matcher)
                .filter(Matcher::matches)
                .map(agent -> "-javaagent:" + agent.group(1) + "=destfile=" + agent.group(2)
                        + ",append=true,includes=io.github.backupcodes.*")
                .findFirst();
    }
}
