package io.github.backupcodes.benchmark;

/** Something that a person does, to be done over and over by several at once. */
@FunctionalInterface
interface BenchmarkTask {

    /** Comes to the point from which on it is measured. */
    Runnable prepare();
}
