package io.github.backupcodes.support.server;

import java.util.ArrayList;
import java.util.List;

/** A process and what it has started: the script of a server, and the JVM that it starts or becomes. */
record ProcessTree(ProcessHandle parent) {

    List<ProcessHandle> members() {
        List<ProcessHandle> all = new ArrayList<>(parent.descendants().toList());
        all.add(parent);
        return all;
    }

    /** The id of the one that runs Java. */
    long jvm() {
        return members().stream()
                .filter(handle -> handle.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no JVM in process " + parent.pid()))
                .pid();
    }
}
