package io.github.backupcodes.docs;

import io.github.backupcodes.support.ProcessRunner;
import io.github.backupcodes.support.server.KeycloakServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs the shell commands of a page with the {@code kcadm.sh} of the distribution, for a realm of the test's own. */
final class KcadmScript {

    private static final String SERVER = "http://localhost:8080";
    private static final String REALM = "\\bdemo\\b";

    private final KeycloakServer server;
    private final String realm;
    private final Path home;

    KcadmScript(KeycloakServer server, String realm, DocPage setup) {
        this.server = server;
        this.realm = realm;
        try {
            // where the commands keep the session
            this.home = Files.createTempDirectory("kcadm");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(setup.block("login"));
    }

    /** Runs commands as they stand on the page; the first that fails ends it. */
    String run(String commands) {
        String script = commands.replace(SERVER, server.baseUrl()).replaceAll(REALM, realm);
        return ProcessRunner.run(
                List.of("bash", "-euo", "pipefail", "-c", script),
                Map.of(
                        "PATH",
                        server.home().resolve("bin") + ":" + System.getenv("PATH"),
                        "KC_OPTS",
                        "-Duser.home=" + home + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
                        "KC_CLI_PASSWORD",
                        KeycloakServer.ADMIN),
                "");
    }
}
