package io.github.backupcodes.benchmark;

import io.github.backupcodes.benchmark.CodeSides.Code;
import io.github.backupcodes.support.database.Postgres;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in with a code, beside Keycloak's own recovery codes on the same server. */
@Isolated("it measures time")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInBenchmark {

    private static final String FORM = "complete sign-in with a code, %s / Keycloak recovery codes, %d concurrent";
    private static final String FIELD =
            "complete sign-in through otp-or-backup-code-form / Keycloak recovery codes, %d concurrent";
    private static final int RUNS = 4;
    private static final int USUAL = 4;

    private final List<BenchmarkRow> rows = new ArrayList<>();
    private final Map<String, Double> figures = new HashMap<>();
    private Postgres postgres;
    private BenchmarkServer server;
    private Code own;
    private Code builtIn;
    private Variant oneField;
    private Variant ownWithPage;
    private Variant keyed;

    @BeforeAll
    void setUp() {
        postgres = Postgres.start();
        server = BenchmarkServer.start("benchmark", postgres, KeyedHashJmh.options());
        CodeSides sides = new CodeSides(server, PairedRuns.signIns(RUNS));
        own = sides.backupCodesAlone();
        // it has turns on both sides of the noise floor
        builtIn = new CodeSides(server, 2 * PairedRuns.signIns(RUNS)).recoveryCodes();
        oneField = sides.oneFieldAlone();
        ownWithPage = sides.backupCodes().whole();
        keyed = sides.keyedCodesAlone().whole();
        PairedRuns.warmUp(List.of(own.whole(), builtIn.whole(), oneField, ownWithPage, keyed));
    }

    @AfterAll
    void tearDown() {
        server.close();
        postgres.close();
        BenchmarkRows.write("sign-in", rows);
        BenchmarkFigures.write("sign-in", figures);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void whole(int connections) {
        Variant form = own.whole();
        Variant by = builtIn.whole();
        Variant again = new Variant("recovery codes again", by.meter(), by.task());
        List<Variant> sides = new ArrayList<>(List.of(form, by, oneField, again, keyed));
        if (connections == USUAL) {
            sides.add(ownWithPage);
        }
        PairedRuns runs = PairedRuns.of(sides, connections);
        int place = connections == 1 ? 0 : connections == USUAL ? 1 : 2;
        VariantComparison forms = new VariantComparison(runs, form, by, again);
        VariantComparison fields = new VariantComparison(runs, oneField, by, again);
        String what = FORM.formatted("Argon2id", connections);
        rows.add(forms.rate(40 + place, what, ">= 0.93"));
        rows.add(fields.rate(50 + place, FIELD.formatted(connections), ">= 1.00"));
        VariantComparison keys = new VariantComparison(runs, keyed, by, again);
        String name = FORM.formatted("keyed hash", connections);
        rows.add(keys.rate(45 + place, name, ">= 1.00"));
        if (connections == USUAL) {
            figures.put(ServerCapacity.SIGN_IN_MS, 1e3 * runs.mean(form, Measurement::cpu));
            figures.put(ServerCapacity.BUILT_IN_MS, 1e3 * runs.mean(by, Measurement::cpu));
            rows.add(keys.byCpu(48, name, ""));
            rows.add(forms.byCpu(43, what, ""));
            rows.add(fields.byCpu(53, FIELD.formatted(connections), ""));
            rows.add(new VariantComparison(runs, ownWithPage, by, again)
                    .rate(44, what + ", with the page after a used code (three more requests)", ""));
        }
    }

    @Test
    void codeStep() {
        Variant step = own.step();
        Variant by = builtIn.step();
        Variant again = new Variant("recovery codes again, the step", by.meter(), by.task());
        PairedRuns runs = PairedRuns.of(List.of(step, by, again), 1);
        double noise = noise(runs, again, by);
        String note = String.format(
                Locale.ROOT,
                "%.1f ms, of which the hash %.1f ms / %.1f ms; CPU %.1f / %.1f ms",
                1e3 * runs.mean(step, Measurement::time),
                1e3 * runs.mean(step, Measurement::hash),
                1e3 * runs.mean(by, Measurement::time),
                1e3 * runs.mean(step, Measurement::cpu),
                1e3 * runs.mean(by, Measurement::cpu));
        figures.put(ServerCapacity.HASH_MS, 1e3 * runs.mean(step, Measurement::hash));
        double[] bare = runs.each(step, block -> block.time() - block.hash());
        rows.add(Ratios.of(bare, runs.each(by, Measurement::time))
                .row(60, "code step alone, without the hash / Keycloak recovery code", "<= 1.10", noise, note));
        rows.add(Ratios.of(runs.each(step, Measurement::time), runs.each(by, Measurement::time))
                .row(61, "code step alone, with the hash / Keycloak recovery code", "", noise, note));
    }

    @Test
    void codePage() {
        Variant page = own.page();
        Variant by = builtIn.page();
        Variant again = new Variant("recovery codes again, the page", by.meter(), by.task());
        List<Variant> sides = List.of(page, by, again);
        PairedRuns.warmUp(sides);
        PairedRuns runs = PairedRuns.of(sides, 1);
        double noise = noise(runs, again, by);
        String note = String.format(
                Locale.ROOT,
                "%.1f / %.1f ms; CPU %.1f / %.1f ms",
                1e3 * runs.mean(page, Measurement::time) / SignIns.LOOKS,
                1e3 * runs.mean(by, Measurement::time) / SignIns.LOOKS,
                1e3 * runs.mean(page, Measurement::cpu) / SignIns.LOOKS,
                1e3 * runs.mean(by, Measurement::cpu) / SignIns.LOOKS);
        rows.add(Ratios.of(runs.each(page, Measurement::time), runs.each(by, Measurement::time))
                .row(
                        150,
                        "code page from the selection to the last byte, set of 10 / Keycloak’s page, 12 codes",
                        "<= 1.50",
                        noise,
                        note));
    }

    /** Of the time, for rows whose notes are not those of a {@link VariantComparison}. */
    private static double noise(PairedRuns runs, Variant again, Variant by) {
        return Ratios.of(runs.each(again, Measurement::time), runs.each(by, Measurement::time))
                .noise();
    }
}
