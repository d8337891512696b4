package io.github.backupcodes.support.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server that {@code kc.sh} has started. */
final class ScriptProcess implements ServerProcess {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final Process script;
    private final ProcessTree family;

    ScriptProcess(Process script) {
        this.script = script;
        this.family = new ProcessTree(script.toHandle());
    }

    @Override
    public boolean isAlive() {
        return script.isAlive();
    }

    @Override
    public int exitValue() {
        return script.exitValue();
    }

    @Override
    public long jvm() {
        return family.jvm();
    }

    @Override
    public void stop() {
        List<ProcessHandle> members = family.members();
        script.destroy();
        awaitEnd();
        // it may be slow to stop, and the script may have ended before its child
        members.forEach(ProcessHandle::destroyForcibly);
        awaitEnd();
    }

    @Override
    public void kill() {
        family.members().forEach(ProcessHandle::destroyForcibly);
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            script.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
