package io.github.backupcodes.benchmark;

/**
 * One of those that are compared.
 *
 * @param meter of the servers that do the work
 */
record Variant(String name, ServerMeter meter, BenchmarkTask task) {}
