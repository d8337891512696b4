package io.github.backupcodes.support.server;

import com.github.dockerjava.api.model.Capability;
import io.github.backupcodes.support.Unchecked;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * The container of an image that is built for production: its own entry point and user, nothing to write to but two
 * file systems in memory, none of the powers of root. It is up when the image's own health check says so.
 */
final class ImageContainer extends GenericContainer<ImageContainer> {

    private static final Duration LIMIT = Duration.ofMinutes(4);

    ImageContainer(String image, ContainerNetwork network, ServerSpec spec) {
        super(image);
        withLabel(ServerContainer.LABEL, spec.home().directory().toString());
        // what the tests add to a JVM is not in the image
        spec.environment().forEach((name, value) -> {
            if (!name.equals("JAVA_OPTS_APPEND")) {
                withEnv(name, value);
            }
        });
        withEnv("KC_HTTP_HOST", network.address());
        withEnv("KC_HTTP_PORT", String.valueOf(spec.port()));
        withEnv("KC_HTTP_MANAGEMENT_HOST", network.address());
        // it is alone, and has no need to listen to others
        withEnv("KC_CACHE_EMBEDDED_NETWORK_BIND_ADDRESS", "127.0.0.1");
        withEnv("KC_HTTP_MANAGEMENT_PORT", String.valueOf(spec.managementPort()));
        withCommand(Stream.concat(
                        Stream.of("start", "--optimized", "--http-enabled=true", "--hostname-strict=false"),
                        spec.arguments().stream())
                .toArray(String[]::new));
        withTmpFs(Map.of("/tmp", "", "/opt/keycloak/data", "uid=1000,gid=0,mode=0770"));
        waitingFor(Wait.forHealthcheck().withStartupTimeout(LIMIT));
        withLogConsumer(frame -> append(spec.home().log(), frame.getUtf8String()));
        withCreateContainerCmdModifier(command -> {
            network.publish(command, spec.port(), spec.managementPort());
            ContainerNetwork.config(command)
                    .withReadonlyRootfs(true)
                    .withCapDrop(Capability.ALL)
                    .withSecurityOpts(List.of("no-new-privileges:true"));
        });
    }

    private static void append(ServerLog log, String text) {
        Unchecked.run(() -> Files.writeString(log.file(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }
}
