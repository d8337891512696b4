package io.github.backupcodes.support;

import io.github.backupcodes.support.server.ContainerEngine;
import io.github.backupcodes.support.server.ContainerNetwork;
import io.github.backupcodes.support.server.ContainerRuntime;
import io.github.backupcodes.support.server.ServerImage;
import io.github.backupcodes.support.server.ServerRuntime;
import io.github.backupcodes.support.server.UnpackedRuntime;

/** Reads what the build asks for, once. */
public final class BuildProperty {

    public static final ServerRuntime RUNTIME = of(System.getProperty("keycloak.runtime", "distribution"));

    private BuildProperty() {}

    private static ServerRuntime of(String name) {
        return switch (name) {
            case "distribution" -> new UnpackedRuntime();
            case "container" -> new ContainerRuntime(ServerImage.asked(), ContainerNetwork.asked());
            case "automatic" ->
                ContainerEngine.has(ServerImage.asked().name())
                        ? new ContainerRuntime(ServerImage.asked(), ContainerNetwork.asked())
                        : new UnpackedRuntime();
            default ->
                throw new IllegalArgumentException(
                        "keycloak.runtime is distribution, container or automatic, not " + name);
        };
    }
}
