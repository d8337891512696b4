package io.github.backupcodes.support.server;

import io.github.backupcodes.support.BuildFiles;

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

    private static final class Holder {
        private static final VaultFiles VAULT =
                VaultFiles.in(BuildFiles.directory().resolve("shared-vault"));

        // its log is looked through for codes when the suite is through: see NoCodeLeftIT
        private static final KeycloakServer SERVER = KeycloakServer.named("shared")
                .provider(TestProviders.jar())
                .theme(BuildFiles.testTheme("plain"))
                .theme(BuildFiles.testTheme("branded"))
                .theme(BuildFiles.testTheme("broken"))
                .options(VAULT.options())
                .options(
                        // users of a broker that are not stored; nothing changes for others
                        "--features=transient-users",
                        // as in production: the development mode reads every template and text again for every page
                        "--spi-theme--cache-themes=true",
                        "--spi-theme--cache-templates=true",
                        "--http-access-log-enabled=true",
                        "--metrics-enabled=true",
                        // behind a proxy that passes on what the client has sent
                        "--proxy-headers=xforwarded",
                        "--spi-credential--backup-codes--expiry-check-seconds=3",
                        "--log-level=INFO,io.github.backupcodes:TRACE,org.keycloak.events:DEBUG,"
                                + "org.keycloak.vault:TRACE,org.keycloak.credential:TRACE")
                .start();
    }
}
