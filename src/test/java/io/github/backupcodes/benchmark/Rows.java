package io.github.backupcodes.benchmark;

import java.util.List;

final class Rows {
    private Rows() {}

    static void write(String name, List<Row> rows) {
        rows.forEach(row -> System.out.println(name + ": " + row));
    }
}
