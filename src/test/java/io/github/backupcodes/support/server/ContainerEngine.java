package io.github.backupcodes.support.server;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.Map;
import org.testcontainers.DockerClientFactory;

/** The container engine of this machine, as Testcontainers finds it. */
public final class ContainerEngine {

    private ContainerEngine() {}

    /** Whether there is one. */
    public static boolean isThere() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    /** Whether it has an image already. Nothing is pulled. */
    public static boolean has(String image) {
        if (!isThere()) {
            return false;
        }
        try {
            client().inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException absent) {
            return false;
        }
    }

    /**
     * Where it is.
     *
     * @return as its command-line client takes it in {@code DOCKER_HOST}
     */
    public static String address() {
        return DockerClientFactory.instance()
                .getTransportConfig()
                .getDockerHost()
                .toString();
    }

    /** Removes containers with a label, those that run as well. */
    static void remove(String label, String value) {
        client().listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(label, value))
                .exec()
                .forEach(container -> client().removeContainerCmd(container.getId())
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec());
    }

    /** A client of it. */
    public static DockerClient client() {
        return DockerClientFactory.instance().client();
    }
}
