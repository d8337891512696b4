package io.github.backupcodes.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page on speed says what was measured, and the arithmetic behind it is right. */
class PerformancePageTest {

    /** Each row that a benchmark writes. */
    private static final List<Integer> ORDERS = List.of(
            10, 20, 30, 40, 41, 42, 43, 44, 45, 46, 47, 48, 50, 51, 52, 53, 60, 61, 70, 71, 72, 73, 80, 81, 82, 90, 100,
            101, 110, 111, 112, 120, 121, 122, 130, 131, 140, 150, 200, 210, 220, 230);

    private static final PerformancePage PAGE = new PerformancePage(Path.of("docs/performance.md"));

    @Test
    void table_and_chart_are_those_of_the_csv() throws IOException {
        List<BenchmarkRow> rows = BenchmarkRows.read(Path.of("docs/performance.csv"));
        assertThat(rows).extracting(BenchmarkRow::order).containsAll(ORDERS);
        assertThat(PAGE.get(PerformancePage.Part.TABLE)).isEqualTo(BenchmarkTable.of(rows));
        assertThat(Path.of("docs/performance.svg")).hasContent(RatioChart.of(rows));
    }

    @Test
    void what_many_take_is_computed_from_what_one_takes() throws IOException {
        Map<String, Double> figures = BenchmarkFigures.read(Path.of("docs/performance-figures.csv"));
        assertThat(PAGE.get(PerformancePage.Part.SHARES)).isEqualTo(new CpuShares(figures).table());
        assertThat(PAGE.get(PerformancePage.Part.CAPACITY)).isEqualTo(new ServerCapacity(figures).table());
    }

    @Test
    void a_thousand_sign_ins_a_second_of_ten_milliseconds_take_ten_processors() {
        Map<String, Double> figures = Map.of(
                ServerCapacity.HASH_MS, 8.0,
                ServerCapacity.SIGN_IN_MS, 10.0,
                ServerCapacity.BUILT_IN_MS, 5.0,
                ServerCapacity.SET_BYTES, 1000.0,
                ServerCapacity.USED_SET_BYTES, 2000.0);
        assertThat(new ServerCapacity(figures).table())
                .contains("| processors, complete sign-ins | 10 |")
                .contains("| memory of the concurrent hashes, all nodes together | 56 MiB |")
                .contains("| data in them, new sets | 1.00 GB |")
                .contains("| data written to `CREDENTIAL` | 2.0 MB/s |");
    }

    @Test
    void the_size_of_a_set_is_that_on_the_page() throws IOException {
        Map<String, Double> figures = BenchmarkFigures.read(Path.of("docs/performance-figures.csv"));
        assertThat(figures).containsAllEntriesOf(SetSize.figures());
    }

    @Test
    void the_interval_of_a_ratio_is_that_of_students_t() {
        // logarithms 0.1, 0.2, 0.3: mean 0.2, deviation 0.1; t of two degrees of freedom is 4.3027
        double[] a = {Math.exp(0.1), Math.exp(0.2), Math.exp(0.3)};
        Ratios ratios = Ratios.of(a, new double[] {1, 1, 1});
        double half = 4.302653 * 0.1 / Math.sqrt(3);
        assertThat(ratios.ratio()).isCloseTo(Math.exp(0.2), within(1e-9));
        assertThat(ratios.low()).isCloseTo(Math.exp(0.2 - half), within(1e-6));
        assertThat(ratios.high()).isCloseTo(Math.exp(0.2 + half), within(1e-6));
    }

    @Test
    void a_target_is_met_by_the_interval_or_says_that_it_is_open() {
        assertThat(row(0.9, 0.8, 1.0, "<= 1.02").verdict()).isEqualTo("yes");
        assertThat(row(1.0, 0.9, 1.1, "<= 1.02").verdict()).isEqualTo("yes, within the noise");
        assertThat(row(1.05, 1.0, 1.1, "<= 1.02").verdict()).isEqualTo("open");
        assertThat(row(1.2, 1.1, 1.3, "<= 1.02").verdict()).isEqualTo("no");
        assertThat(row(0.9, 0.8, 0.95, ">= 0.99").verdict()).isEqualTo("no");
        assertThat(row(1.2, 1.1, 1.3, ">= 0.99").verdict()).isEqualTo("yes");
    }

    @Test
    void rows_survive_the_csv() throws IOException {
        Path file = Files.createTempFile("rows", ".csv");
        BenchmarkRow row = new BenchmarkRow(10, "a, \"b\" / c", 1.25, 1, 1.5, "<= 1.3", Double.NaN, 8, "1 ms, 2 ms");
        BenchmarkRows.write(file, List.of(row));
        assertThat(BenchmarkRows.read(file)).containsExactly(row);
        Files.delete(file);
    }

    private static BenchmarkRow row(double ratio, double low, double high, String target) {
        return new BenchmarkRow(1, "", ratio, low, high, target, 0, 2, "");
    }
}
