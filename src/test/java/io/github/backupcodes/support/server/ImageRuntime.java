package io.github.backupcodes.support.server;

/** Runs an image that is built for production and contains the extension, as an administrator does. */
final class ImageRuntime extends ContainerRuntime {

    private final String name;

    ImageRuntime(String name, ContainerNetwork network) {
        super(new ServerImage(name), network);
        this.name = name;
    }

    @Override
    public ServerProcess launch(ServerSpec spec) {
        mustReach("the database of the tests");
        return ContainerProcess.start(new ImageContainer(name, network, spec));
    }
}
