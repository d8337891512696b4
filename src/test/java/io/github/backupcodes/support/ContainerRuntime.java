package io.github.backupcodes.support;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Assumptions;

/** Runs servers in containers of an image, by way of testcontainers-keycloak. */
final class ContainerRuntime implements ServerRuntime {

    private final ServerImage image;
    private final EngineNetwork network;

    ContainerRuntime(ServerImage image, EngineNetwork network) {
        this.image = image;
        this.network = network;
    }

    @Override
    public void endLeftOver(ServerHome home) {
        Engine.remove(ServerContainer.LABEL, home.directory().toString());
    }

    @Override
    public ServerProcess launch(ServerSpec spec) throws IOException {
        spec.java().ifPresent(java -> Assumptions.abort("the image brings its own Java, this test wants " + java));
        Files.createDirectories(spec.home().directory().resolve("data"));
        ServerContainer container = new ServerContainer(image.of(spec.contents().distribution()), network, spec);
        return ContainerProcess.start(container);
    }

    @Override
    public void mustReach(String service) {
        Assumptions.assumeTrue(
                network == EngineNetwork.HOST,
                () -> service + " is on loopback, which servers in containers reach with -Dkeycloak.network=host");
    }
}
