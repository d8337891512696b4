package io.github.backupcodes.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What part of the server's work in a sign-in is whose, as {@link ProfileBenchmark} has sampled it. */
record CpuShares(Map<String, Double> figures) {

    /** The ways to sign in. */
    enum Way {
        /** Password and backup code. */
        CODE("a backup code"),
        /** Password and one of Keycloak's recovery codes. */
        RECOVERY_CODE("a Keycloak recovery code"),
        /** Password and OTP of a user who has codes. */
        OTP("an OTP, by a user with codes"),
        /** Password. */
        PASSWORD("nothing else");

        private final String words;

        Way(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** Whose work it is. */
    enum Part {
        /** The step that checks the code, of ours or of Keycloak's, all that it calls included. */
        STEP,
        /** The slow hash in it. */
        HASH,
        /** What our required actions look at in every sign-in. */
        TRIGGERS,
        /** All that is ours, with what it calls. */
        OURS
    }

    /** The name of a figure, for {@link BenchmarkFigures}. */
    static String name(Way way, Part part) {
        return (way + "-" + part + "-percent").toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String table() {
        StringBuilder table = new StringBuilder("""
                | Sign-in with a password and … (samples of the server’s Java code) | Step that checks it | Of that, the hash | Required actions | This extension in total |
                |---|---:|---:|---:|---:|
                """);
        for (Way way : Way.values()) {
            table.append("| ").append(way.words());
            for (Part part : List.of(Part.values())) {
                table.append(" | ").append(percent(figures.get(name(way, part))));
            }
            table.append(" |\n");
        }
        return table.toString();
    }

    private static String percent(@Nullable Double share) {
        return share == null ? "–" : String.format(Locale.ROOT, "%.1f%%", share);
    }
}
