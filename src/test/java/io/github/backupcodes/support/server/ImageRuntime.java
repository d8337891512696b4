package io.github.backupcodes.support.server;

import org.junit.jupiter.api.Assumptions;

/** Runs an image that is built for production and has the extension in it, as an administrator does. */
final class ImageRuntime implements ServerRuntime {

    private final String image;
    private final ContainerNetwork network;

    ImageRuntime(String image, ContainerNetwork network) {
        this.image = image;
        this.network = network;
    }

    @Override
    public void endLeftOver(ServerHome home) {
        ContainerEngine.remove(ServerContainer.LABEL, home.directory().toString());
    }

    @Override
    public ServerProcess launch(ServerSpec spec) {
        mustReach("the database of the tests");
        ImageContainer container = new ImageContainer(image, network, spec);
        return ContainerProcess.start(container);
    }

    @Override
    public void mustReach(String service) {
        Assumptions.assumeTrue(
                network == ContainerNetwork.HOST,
                () -> service + " is on loopback, which containers reach with -Dkeycloak.network=host");
    }
}
