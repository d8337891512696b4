package io.github.backupcodes.benchmark;

import io.github.backupcodes.benchmark.CodeSides.Code;
import io.github.backupcodes.support.Postgres;
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

    private final List<Row> rows = new ArrayList<>();
    private final Map<String, Double> figures = new HashMap<>();
    private Postgres postgres;
    private Stage stage;
    private Code own;
    private Code builtIn;
    private Side oneField;
    private Side ownWithPage;
    private Side keyed;

    @BeforeAll
    void setUp() {
        postgres = Postgres.start();
        stage = Stage.start("benchmark", postgres, KeyedHash.options());
        CodeSides sides = new CodeSides(stage, PairedRuns.signIns(RUNS));
        own = sides.backupCodesAlone();
        // it has turns on both sides of the noise floor
        builtIn = new CodeSides(stage, 2 * PairedRuns.signIns(RUNS)).recoveryCodes();
        oneField = sides.oneFieldAlone();
        ownWithPage = sides.backupCodes().whole();
        keyed = sides.keyedCodesAlone().whole();
        PairedRuns.warmUp(List.of(own.whole(), builtIn.whole(), oneField, ownWithPage, keyed));
    }

    @AfterAll
    void tearDown() {
        stage.close();
        postgres.close();
        Rows.write("sign-in", rows);
        Figures.write("sign-in", figures);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void whole(int connections) {
        Side form = own.whole();
        Side by = builtIn.whole();
        Side again = new Side("recovery codes again", by.meter(), by.task());
        List<Side> sides = new ArrayList<>(List.of(form, by, oneField, again, keyed));
        if (connections == USUAL) {
            sides.add(ownWithPage);
        }
        PairedRuns runs = PairedRuns.of(sides, connections);
        int place = connections == 1 ? 0 : connections == USUAL ? 1 : 2;
        Comparison forms = new Comparison(runs, form, by, again);
        Comparison fields = new Comparison(runs, oneField, by, again);
        String what = FORM.formatted("Argon2id", connections);
        rows.add(forms.rate(40 + place, what, ">= 0.93"));
        rows.add(fields.rate(50 + place, FIELD.formatted(connections), ">= 1.00"));
        Comparison keys = new Comparison(runs, keyed, by, again);
        String name = FORM.formatted("keyed hash", connections);
        rows.add(keys.rate(45 + place, name, ">= 1.00"));
        if (connections == USUAL) {
            figures.put(Capacity.SIGN_IN_MS, 1e3 * runs.mean(form, Block::cpu));
            figures.put(Capacity.BUILT_IN_MS, 1e3 * runs.mean(by, Block::cpu));
            rows.add(keys.byCpu(48, name, ""));
            rows.add(forms.byCpu(43, what, ""));
            rows.add(fields.byCpu(53, FIELD.formatted(connections), ""));
            rows.add(new Comparison(runs, ownWithPage, by, again)
                    .rate(44, what + ", with the page after a used code (three more requests)", ""));
        }
    }

    @Test
    void codeStep() {
        Side step = own.step();
        Side by = builtIn.step();
        Side again = new Side("recovery codes again, the step", by.meter(), by.task());
        PairedRuns runs = PairedRuns.of(List.of(step, by, again), 1);
        double noise = noise(runs, again, by);
        String note = String.format(
                Locale.ROOT,
                "%.1f ms, of which the hash %.1f ms / %.1f ms; CPU %.1f / %.1f ms",
                1e3 * runs.mean(step, Block::time),
                1e3 * runs.mean(step, Block::hash),
                1e3 * runs.mean(by, Block::time),
                1e3 * runs.mean(step, Block::cpu),
                1e3 * runs.mean(by, Block::cpu));
        figures.put(Capacity.HASH_MS, 1e3 * runs.mean(step, Block::hash));
        double[] bare = runs.each(step, block -> block.time() - block.hash());
        rows.add(Ratios.of(bare, runs.each(by, Block::time))
                .row(60, "code step alone, without the hash / Keycloak recovery code", "<= 1.10", noise, note));
        rows.add(Ratios.of(runs.each(step, Block::time), runs.each(by, Block::time))
                .row(61, "code step alone, with the hash / Keycloak recovery code", "", noise, note));
    }

    @Test
    void codePage() {
        Side page = own.page();
        Side by = builtIn.page();
        Side again = new Side("recovery codes again, the page", by.meter(), by.task());
        List<Side> sides = List.of(page, by, again);
        PairedRuns.warmUp(sides);
        PairedRuns runs = PairedRuns.of(sides, 1);
        double noise = noise(runs, again, by);
        String note = String.format(
                Locale.ROOT,
                "%.1f / %.1f ms; CPU %.1f / %.1f ms",
                1e3 * runs.mean(page, Block::time) / SignIns.LOOKS,
                1e3 * runs.mean(by, Block::time) / SignIns.LOOKS,
                1e3 * runs.mean(page, Block::cpu) / SignIns.LOOKS,
                1e3 * runs.mean(by, Block::cpu) / SignIns.LOOKS);
        rows.add(Ratios.of(runs.each(page, Block::time), runs.each(by, Block::time))
                .row(
                        150,
                        "code page from the selection to the last byte, set of 10 / Keycloak’s page, 12 codes",
                        "<= 1.50",
                        noise,
                        note));
    }

    /** Of the time, for rows whose notes are not those of a {@link Comparison}. */
    private static double noise(PairedRuns runs, Side again, Side by) {
        return Ratios.of(runs.each(again, Block::time), runs.each(by, Block::time))
                .noise();
    }
}
