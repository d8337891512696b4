package io.github.backupcodes.support;

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
        private static final KeycloakServer SERVER = KeycloakServer.named("shared")
                .provider(TestProviders.jar())
                .theme(BuildFiles.testTheme("plain"))
                .theme(BuildFiles.testTheme("branded"))
                .start();
    }
}
