package io.github.backupcodes.benchmark;

record Row(
        int order,
        String what,
        double ratio,
        double low,
        double high,
        String target,
        double noise,
        int samples,
        String note) {}
