package io.github.backupcodes.upgrade;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.Unchecked;
import io.github.backupcodes.support.realm.IssuedCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a version has written about a user, as it was in the database, and what it opens. The files are in
 * {@code src/test/resources/recorded/<version>}; what a release has written is never edited, see {@link RecorderIT}.
 *
 * @param codes       the codes of the set, or an administrator's, in the order of the rows; they were made for this
 * @param tries       what is typed, in this order, and what comes of it
 */
record Recording(List<Row> credentials, Map<String, String> attributes, List<String> codes, List<Try> tries) {

    static final String ACCEPTED = "accepted";

    private static final Path ROOT = BuildFiles.project().resolve("src/test/resources/recorded");
    private static final String SUFFIX = ".json";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** A row of {@code CREDENTIAL}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(
            String id,
            String type,
            @Nullable String userLabel,
            long createdDate,
            String credentialData,
            String secretData) {

        /** As Keycloak imports it. */
        Map<String, Object> representation() {
            return Map.of(
                    "id",
                    id,
                    "type",
                    type,
                    "createdDate",
                    createdDate,
                    "credentialData",
                    credentialData,
                    "secretData",
                    secretData);
        }
    }

    /**
     * A code that is typed.
     *
     * @param outcome {@link #ACCEPTED}, or the reason in the event
     */
    record Try(String code, String outcome) {}

    /** The directory of a version. */
    static Path directory(String version) {
        return ROOT.resolve(version);
    }

    /** The files of all versions, as {@code <version>/<kind>}. */
    static List<String> all() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .map(file ->
                            ROOT.relativize(file).toString().replace('\\', '/').replaceFirst("\\.json$", ""))
                    .filter(name -> !name.endsWith("/settings"))
                    .sorted()
                    .toList();
        }
    }

    /** Reads one of {@link #all()}. */
    static Recording of(String name) {
        Recording recording = read(ROOT.resolve(name + SUFFIX), Recording.class);
        IssuedCodes.add(recording.codes);
        return recording;
    }

    /** The settings that a version has written: the configuration of each required action. */
    static Map<String, Map<String, String>> settings(String version) {
        @SuppressWarnings("unchecked")
        Map<String, Map<String, String>> settings = read(directory(version).resolve("settings.json"), Map.class);
        return settings;
    }

    static void write(Path directory, String kind, Object what) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(kind + SUFFIX), JSON.writeValueAsString(what) + "\n");
    }

    private static <T> T read(Path file, Class<T> type) {
        return Unchecked.get(() -> JSON.readValue(file.toFile(), type));
    }
}
