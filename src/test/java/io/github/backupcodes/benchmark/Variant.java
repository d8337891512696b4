package io.github.backupcodes.benchmark;

/**
 * One of those that are compared.
 *
 * @param name  for messages
 * @param meter of the servers that do the work
 * @param task  what people do there
 */
record Variant(String name, ServerMeter meter, BenchmarkTask task) {}
