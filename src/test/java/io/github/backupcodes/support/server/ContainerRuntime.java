package io.github.backupcodes.support.server;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Assumptions;

/** Runs servers in containers of an image, by way of testcontainers-keycloak. */
public class ContainerRuntime implements ServerRuntime {

    private final ServerImage image;
    final ContainerNetwork network;

    public ContainerRuntime(ServerImage image, ContainerNetwork network) {
        this.image = image;
        this.network = network;
    }

    @Override
    public void endLeftOver(ServerHome home) {
        ContainerEngine.remove(ServerContainer.LABEL, home.directory().toString());
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
                network == ContainerNetwork.HOST,
                () -> service + " is on loopback, which servers in containers reach with -Dkeycloak.network=host");
    }
}
