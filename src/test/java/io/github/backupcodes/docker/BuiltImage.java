package io.github.backupcodes.docker;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.server.ContainerEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
        Result build = run(
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

    private static Result run(String... arguments) {
        try {
            Path output = Files.createTempFile("docker", ".out");
            ProcessBuilder builder =
                    new ProcessBuilder(COMMAND).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.command().addAll(List.of(arguments));
            builder.environment().put("DOCKER_HOST", ContainerEngine.address());
            builder.environment().put("DOCKER_BUILDKIT", "1");
            Process process = builder.start();
            boolean ended = process.waitFor(5, TimeUnit.MINUTES);
            process.destroyForcibly();
            String printed = Files.readString(output);
            Files.delete(output);
            return new Result(ended && process.exitValue() == 0, printed);
        } catch (IOException noSuchCommand) {
            return new Result(false, String.valueOf(noSuchCommand.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private record Result(boolean succeeded, String printed) {}
}
