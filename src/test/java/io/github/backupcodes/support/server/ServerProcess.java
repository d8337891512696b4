package io.github.backupcodes.support.server;

/** A server as its runtime sees it: something that runs, until it ends or is ended. */
interface ServerProcess {

    /** Whether it runs. */
    boolean isAlive();

    /** With what it ended. */
    int exitValue();

    /** The process that runs Java, as this machine numbers it. */
    long jvm();

    /** Asks it to stop, and ends it when it takes too long. Nothing of it lives on. */
    void stop();

    /** Ends it at once and without warning. */
    void kill();
}
