package io.github.backupcodes.support.server;

import io.github.backupcodes.support.BuildFiles;
import java.util.stream.Stream;

/** The one server that most of the suite uses. It starts with its first user and ends with the JVM. */
public final class SharedServer {

    private SharedServer() {}

    /** The server, started if need be. */
    public static KeycloakServer get() {
        return Holder.SERVER;
    }

    /** The vault of the server, which any realm may use. */
    public static VaultFiles vault() {
        return Holder.VAULT;
    }

    /** What Keycloak is built with: a copy of this server that is started with the same need not be built again. */
    public static String[] buildOptions() {
        return Stream.concat(
                        Stream.of(vault().options()),
                        Stream.of(
                                // users of a broker that are not stored; nothing changes for others
                                "--features=transient-users",
                                // as in production: the development mode reads every template and text again for every
                                // page, and
                                // lets browsers load every style, script and font again
                                "--spi-theme--cache-themes=true",
                                "--spi-theme--cache-templates=true",
                                "--spi-theme--static-max-age=2592000",
                                "--metrics-enabled=true"))
                .toArray(String[]::new);
    }

    private static final class Holder {
        private static final VaultFiles VAULT =
                VaultFiles.in(BuildFiles.directory().resolve("shared-vault"));

        // its log is looked through for codes when the suite is through: see NoCodeLeftIT
        private static final KeycloakServer SERVER = KeycloakServer.named("shared")
                .provider(TestProviders.jar())
                .theme(BuildFiles.testTheme("plain"))
                .theme(BuildFiles.testTheme("branded"))
                .theme(BuildFiles.testTheme("broken"))
                .options(buildOptions())
                .options(
                        "--http-access-log-enabled=true",
                        // behind a proxy that passes on what the client has sent
                        "--proxy-headers=xforwarded",
                        "--spi-credential--backup-codes--expiry-check-seconds=3",
                        "--log-level=INFO,io.github.backupcodes:TRACE,org.keycloak.events:DEBUG,"
                                + "org.keycloak.vault:TRACE,org.keycloak.credential:TRACE")
                .start();
    }
}
