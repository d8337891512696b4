package io.github.backupcodes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.server.SharedServer;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** Our languages and words against those of the server. */
class KeycloakLanguagesIT {

    private static final Pattern LOGIN = Pattern.compile("theme/base/login/messages/messages_(\\w+)\\.properties");
    private static final String ACCOUNT = "theme/keycloak.v3/account/messages/messages_%s.properties";

    /** Texts that name the button of the account console that makes new codes. */
    private static final List<String> NAME_THE_BUTTON =
            List.of("backupCodesFewLeftText", "backupCodesNoneLeftText", "backupCodesExpiredText");

    @Test
    void theListOfTheServersLanguagesIsTheServers() throws IOException {
        try (ZipFile themes = jar("org.keycloak.keycloak-themes-")) {
            List<String> there = themes.stream()
                    .map(entry -> LOGIN.matcher(entry.getName()))
                    .filter(Matcher::matches)
                    .map(name -> name.group(1))
                    .sorted()
                    .toList();
            assertThat(there).isEqualTo(KeycloakLanguages.ALL);
        }
    }

    @Test
    void whereATextNamesTheConsolesButtonItNamesItAsTheConsoleDoes() throws IOException {
        try (ZipFile console = jar("org.keycloak.keycloak-account-ui-")) {
            for (MessageBundle messages : MessageBundle.all()) {
                String button = button(console, messages.locale());
                assertThat(NAME_THE_BUTTON).allSatisfy(key -> assertThat(messages.get(key))
                        .as("%s %s", messages, key)
                        .contains(button));
            }
        }
    }

    /** The English word where the console has none in that language. */
    private static String button(ZipFile console, String locale) throws IOException {
        String key = "update";
        Properties words = new Properties();
        for (String language : List.of("en", locale)) {
            ZipEntry entry = console.getEntry(ACCOUNT.formatted(language));
            if (entry != null) {
                try (Reader reader = new InputStreamReader(console.getInputStream(entry), StandardCharsets.UTF_8)) {
                    words.load(reader);
                }
            }
        }
        return words.getProperty(key);
    }

    private static ZipFile jar(String name) {
        Path libraries = SharedServer.get().home().resolve("lib/lib/main");
        try (Stream<Path> files = Files.list(libraries)) {
            Path jar = files.filter(file -> file.getFileName().toString().matches(name + "\\d.*\\.jar"))
                    .findFirst()
                    .orElseThrow();
            return new ZipFile(jar.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
