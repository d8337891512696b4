package io.github.backupcodes.benchmark;

/** One of those that are compared. */
record Variant(String name, ServerMeter meter, BenchmarkTask task) {}
