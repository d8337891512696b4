package io.github.backupcodes.support.server;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import java.util.Locale;
import java.util.stream.IntStream;

/** How a server in a container is reached. Either way by the same ports on loopback of this machine. */
public enum ContainerNetwork {

    /** It has the network of this machine, and so reaches what the tests have on loopback. */
    HOST("127.0.0.1") {
        @Override
        void publish(CreateContainerCmd command, int... ports) {
            config(command).withNetworkMode("host");
        }
    },

    /** It has a network of its own, for engines in a virtual machine, and the engine publishes its ports. */
    BRIDGE("0.0.0.0") {
        @Override
        void publish(CreateContainerCmd command, int... ports) {
            config(command)
                    .withPortBindings(IntStream.of(ports)
                            .mapToObj(port -> PortBinding.parse("127.0.0.1:" + port + ":" + port))
                            .toList());
            command.withExposedPorts(
                    IntStream.of(ports).mapToObj(ExposedPort::tcp).toList());
        }
    };

    private final String address;

    ContainerNetwork(String address) {
        this.address = address;
    }

    /** The one that the build asks for with {@code -Dkeycloak.network}. */
    public static ContainerNetwork asked() {
        return valueOf(System.getProperty("keycloak.network", "host").toUpperCase(Locale.ROOT));
    }

    /** Where a server listens, seen from inside. */
    String address() {
        return address;
    }

    /** Makes ports of a container to be ports of loopback. */
    abstract void publish(CreateContainerCmd command, int... ports);

    static HostConfig config(CreateContainerCmd command) {
        HostConfig config = command.getHostConfig();
        if (config == null) {
            throw new IllegalStateException("no configuration of the host");
        }
        return config;
    }
}
