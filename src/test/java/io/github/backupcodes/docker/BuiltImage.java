package io.github.backupcodes.docker;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.ProcessRunner;
import io.github.backupcodes.support.Unchecked;
import io.github.backupcodes.support.server.ContainerEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** What {@code docker build} makes of {@code docker/Dockerfile} and the jar of this build. */
record BuiltImage(String base) {

    private static final String COMMAND = System.getProperty("docker.command", "docker");

    String name() {
        return "keycloak-backup-codes:test";
    }

    /** Builds it without a network: nothing is fetched. */
    void build(String revision, String created) {
        Assumptions.assumeTrue(ContainerEngine.isThere(), "no container engine");
        Assumptions.assumeTrue(
                ContainerEngine.has(base), () -> "the engine has no image " + base + ", docker pull gets it");
        Assumptions.assumeTrue(
                run("buildx", "version").succeeded()
                        || run("build", "--help").printed().contains("--secret"),
                () -> COMMAND + " builds without BuildKit, another one can be named with -Ddocker.command");
        int tag = base.lastIndexOf(':');
        ProcessRunner.Result build = run(
                "build",
                "--network=none",
                "--file=" + DockerFiles.path("Dockerfile"),
                "--build-arg=JAR=target",
                "--build-arg=KEYCLOAK_IMAGE=" + base.substring(0, tag),
                "--build-arg=KEYCLOAK_VERSION=" + base.substring(tag + 1),
                "--build-arg=REVISION=" + revision,
                "--build-arg=CREATED=" + created,
                "--tag=" + name(),
                BuildFiles.project().toString());
        if (!build.succeeded()) {
            throw new IllegalStateException("docker build failed:\n" + build.printed());
        }
    }

    private static ProcessRunner.Result run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(COMMAND));
        command.addAll(List.of(arguments));
        Map<String, String> environment = Map.of("DOCKER_HOST", ContainerEngine.address(), "DOCKER_BUILDKIT", "1");
        return Unchecked.get(() -> {
            try {
                return ProcessRunner.result(command, environment, "");
            } catch (IOException noSuchCommand) {
                return new ProcessRunner.Result(false, String.valueOf(noSuchCommand.getMessage()));
            }
        });
    }
}
