package io.github.backupcodes.docs;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The texts in one language.
 *
 * @param locale as Keycloak names it, for example {@code pt_BR}
 */
record MessageBundle(String locale, Properties byKey) {

    private static final Path DIRECTORY = Path.of("themes/messages");
    private static final String PREFIX = "messages_";
    private static final String SUFFIX = ".properties";

    /** All languages that there are. */
    static List<MessageBundle> all() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.sorted()
                    .map(file -> file.getFileName().toString())
                    .map(name -> in(name.substring(PREFIX.length(), name.length() - SUFFIX.length())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MessageBundle english() {
        return in("en");
    }

    private static MessageBundle in(String locale) {
        Properties texts = new Properties();
        try (Reader reader = Files.newBufferedReader(DIRECTORY.resolve(PREFIX + locale + SUFFIX))) {
            texts.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new MessageBundle(locale, texts);
    }

    String get(String key) {
        return byKey.getProperty(key);
    }

    @Override
    public String toString() {
        return locale;
    }
}
