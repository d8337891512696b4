/** How fast it is: benchmarks, run by {@code mvn -Pbenchmark verify} alone. Only ratios of what ran side by side count. */
@NullMarked
package io.github.backupcodes.benchmark;

import org.jspecify.annotations.NullMarked;
