package io.github.backupcodes.support.server;

import com.github.dockerjava.api.model.Bind;
import dasniko.testcontainers.keycloak.ExtendableKeycloakContainer;
import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.Unchecked;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.PullPolicy;

/**
 * The container of a server. What the server adds to the distribution, what it builds of it and its data are those of
 * its {@link ServerHome}, as for every server; all else is the image's. It runs as the user of the tests, with the group
 * that the image is made for, so that either can delete what the other has written.
 */
final class ServerContainer extends ExtendableKeycloakContainer<ServerContainer> {

    /** The label with the home of the server. */
    static final String LABEL = "io.github.backupcodes.home";

    private static final String KEYCLOAK = "/opt/keycloak/";
    private static final List<String> SHARED = List.of("conf", "data", "lib/quarkus", "providers", "themes");

    private final ServerSpec spec;

    ServerContainer(ServerImage image, ContainerNetwork network, ServerSpec spec) {
        super(image.name());
        this.spec = spec;
        setExposedPorts(List.of());
        withImagePullPolicy(PullPolicy.defaultPolicy());
        withDisabledCaching();
        if (spec.mode().equals("start")) {
            withProductionMode();
        }
        spec.arguments().forEach(this::withCustomCommand);
        spec.listenOn(network.address()).forEach(this::withCustomCommand);
        withLabel(LABEL, spec.home().directory().toString());
        // that of a server is its answer
        waitingFor(new AbstractWaitStrategy() {
            @Override
            protected void waitUntilReady() {}
        });
        withCreateContainerCmdModifier(command -> {
            network.publish(command, spec.port(), spec.managementPort());
            command.withUser(user() + ":0");
            ContainerNetwork.config(command).withBinds(binds());
            // as for a server in a process: all that the script and the server say goes to one file, at once
            command.withEntrypoint(
                    "/bin/sh",
                    "-c",
                    "exec " + KEYCLOAK + "bin/kc.sh \"$@\" >> '"
                            + spec.home().log().file() + "' 2>&1",
                    "kc.sh");
        });
    }

    @Override
    protected void configure() {
        super.configure();
        // after the heap of its own choice
        spec.environment().forEach(this::withEnv);
    }

    private List<Bind> binds() {
        Path home = spec.home().directory();
        NamedFiles named = NamedFiles.in(Stream.concat(spec.arguments().stream(), spec.environment().values().stream())
                .toList());
        Stream<String> own = SHARED.stream().map(name -> home.resolve(name) + ":" + KEYCLOAK + name + ":rw");
        Stream<String> same = Stream.concat(
                        Stream.of(BuildFiles.directory()), named.outside(BuildFiles.directory()).paths().stream())
                .map(path -> path + ":" + path + ":rw");
        return Stream.concat(own, same).map(Bind::parse).toList();
    }

    private static int user() {
        return Unchecked.get(() -> (int) Files.getAttribute(BuildFiles.directory(), "unix:uid"));
    }
}
