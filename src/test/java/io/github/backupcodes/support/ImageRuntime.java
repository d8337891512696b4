package io.github.backupcodes.support;

import org.junit.jupiter.api.Assumptions;

/** Runs an image that is built for production and has the extension in it, as an administrator does. */
final class ImageRuntime implements ServerRuntime {

    private final String image;
    private final EngineNetwork network;

    ImageRuntime(String image, EngineNetwork network) {
        this.image = image;
        this.network = network;
    }

    @Override
    public void endLeftOver(ServerHome home) {
        Engine.remove(ServerContainer.LABEL, home.directory().toString());
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
                network == EngineNetwork.HOST,
                () -> service + " is on loopback, which containers reach with -Dkeycloak.network=host");
    }
}
