package io.github.backupcodes.support.server;

import io.github.backupcodes.support.BuildFiles;

/** The one server that most of the suite uses. It starts with its first user and ends with the JVM. */
public final class SharedServer {

    private SharedServer() {}

    /**
     * The server, started if need be.
     *
     * @return the running server
     */
    public static KeycloakServer get() {
        return Holder.SERVER;
    }

    private static final class Holder {
        // its log is looked through for codes when the suite is through: see NoCodeLeftIT
        private static final KeycloakServer SERVER = KeycloakServer.named("shared")
                .provider(TestProviders.jar())
                .theme(BuildFiles.testTheme("plain"))
                .theme(BuildFiles.testTheme("branded"))
                .theme(BuildFiles.testTheme("broken"))
                .options(
                        // as in production: the development mode reads every template and text anew for every page
                        "--spi-theme--cache-themes=true",
                        "--spi-theme--cache-templates=true",
                        "--http-access-log-enabled=true",
                        "--metrics-enabled=true",
                        // behind a proxy that passes on what the client has sent
                        "--proxy-headers=xforwarded",
                        "--spi-credential--backup-codes--expiry-check-seconds=3",
                        "--log-level=INFO,io.github.backupcodes:TRACE,org.keycloak.events:DEBUG")
                .start();
    }
}
