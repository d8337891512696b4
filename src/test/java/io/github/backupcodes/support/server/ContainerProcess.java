package io.github.backupcodes.support.server;

import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import org.testcontainers.containers.GenericContainer;

/** A server in a container. */
final class ContainerProcess implements ServerProcess {

    private static final int STOP_LIMIT_SECONDS = 20;

    private final GenericContainer<?> container;

    private ContainerProcess(GenericContainer<?> container) {
        this.container = container;
    }

    /** Starts a container; one that fails is not left behind. */
    static ContainerProcess start(GenericContainer<?> container) {
        try {
            container.start();
            return new ContainerProcess(container);
        } catch (RuntimeException failed) {
            container.stop();
            throw failed;
        }
    }

    @Override
    public boolean isAlive() {
        return container.isRunning();
    }

    @Override
    public int exitValue() {
        Long code = state().getExitCodeLong();
        return code == null ? -1 : code.intValue();
    }

    @Override
    public long jvm() {
        Long pid = state().getPidLong();
        return ProcessHandle.of(pid == null ? 0 : pid)
                .map(ProcessTree::new)
                .orElseThrow(() -> new IllegalStateException(
                        "process " + pid + " of " + container.getContainerId() + " is not one of this machine"))
                .jvm();
    }

    @Override
    public void stop() {
        try {
            ContainerEngine.client()
                    .stopContainerCmd(container.getContainerId())
                    .withTimeout(STOP_LIMIT_SECONDS)
                    .exec();
        } catch (NotFoundException | NotModifiedException ended) {
            // all the better
        }
        container.stop();
    }

    @Override
    public void kill() {
        try {
            ContainerEngine.client()
                    .killContainerCmd(container.getContainerId())
                    .exec();
        } catch (NotFoundException | ConflictException ended) {
            // all the better
        }
    }

    private ContainerState state() {
        return ContainerEngine.client()
                .inspectContainerCmd(container.getContainerId())
                .exec()
                .getState();
    }
}
