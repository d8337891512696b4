package io.github.backupcodes.secrets;

import io.github.backupcodes.support.KeycloakServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a server that has been stopped leaves behind: its log, every row of every table of its embedded database, and the
 * bytes of the database's files, which hold rows that were deleted as well.
 */
final class Evidence {

    private final Map<String, String> texts = new LinkedHashMap<>();

    private Evidence() {}

    static Evidence of(KeycloakServer stopped) {
        Evidence evidence = new Evidence();
        evidence.texts.put("log", stopped.log().since(0));
        Path data = stopped.home().resolve("data/h2");
        evidence.texts.put("tables", tables(data.resolve("keycloakdb")));
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.toList()) {
                // one byte a character, so that no byte is lost; zeros go for the sake of UTF-16
                evidence.texts.put(
                        file.getFileName().toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).replace("\0", ""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        evidence.texts.replaceAll((name, text) -> text.toUpperCase(Locale.ROOT));
        return evidence;
    }

    private static String tables(Path database) {
        StringBuilder rows = new StringBuilder();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:h2:file:" + database.toAbsolutePath() + ";NON_KEYWORDS=VALUE;IFEXISTS=TRUE",
                        "sa",
                        "password");
                Statement statement = connection.createStatement();
                ResultSet script = statement.executeQuery("SCRIPT")) {
            while (script.next()) {
                rows.append(script.getString(1)).append('\n');
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The embedded database cannot be read", e);
        }
        return rows.toString();
    }

    /** The places where a code is found, as it was shown or without its dashes. */
    List<String> placesOf(String code) {
        String shown = code.toUpperCase(Locale.ROOT);
        String normal = shown.replace("-", "");
        return texts.entrySet().stream()
                .filter(text ->
                        text.getValue().contains(shown) || text.getValue().contains(normal))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How much was looked through, in characters. */
    int size() {
        return texts.values().stream().mapToInt(String::length).sum();
    }
}
