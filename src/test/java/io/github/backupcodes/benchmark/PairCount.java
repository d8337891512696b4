package io.github.backupcodes.benchmark;

/** How many pairs a benchmark measures: {@code -Dbenchmark.pairs}, or as many as it is worth. */
final class PairCount {

    private PairCount() {}

    static int orElse(int usual) {
        int wanted = Integer.getInteger("benchmark.pairs", 0);
        return wanted == 0 ? usual : Math.max(2, wanted);
    }
}
