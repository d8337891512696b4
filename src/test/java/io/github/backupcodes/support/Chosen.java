package io.github.backupcodes.support;

/** Reads what the build asks for, once. */
final class Chosen {

    static final ServerRuntime RUNTIME = of(System.getProperty("keycloak.runtime", "distribution"));

    private Chosen() {}

    private static ServerRuntime of(String name) {
        return switch (name) {
            case "distribution" -> new UnpackedRuntime();
            case "container" -> new ContainerRuntime(ServerImage.asked(), EngineNetwork.asked());
            case "automatic" ->
                Engine.has(ServerImage.asked().name())
                        ? new ContainerRuntime(ServerImage.asked(), EngineNetwork.asked())
                        : new UnpackedRuntime();
            default ->
                throw new IllegalArgumentException(
                        "keycloak.runtime is distribution, container or automatic, not " + name);
        };
    }
}
