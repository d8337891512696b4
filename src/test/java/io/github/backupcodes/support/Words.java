package io.github.backupcodes.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;

/** The English words of this extension, so that tests name a message and leave its wording to the themes. */
public final class Words {

    private static final Properties ENGLISH = load();

    private Words() {}

    /**
     * A message.
     *
     * @param key        its key
     * @param parameters its arguments
     * @return the text as a page shows it
     */
    public static String of(String key, Object... parameters) {
        String pattern = Objects.requireNonNull(ENGLISH.getProperty(key), key);
        return new MessageFormat(pattern, Locale.ENGLISH).format(parameters);
    }

    private static Properties load() {
        Properties words = new Properties();
        try (InputStream file = Words.class.getResourceAsStream("/theme-resources/messages/messages_en.properties")) {
            words.load(new InputStreamReader(Objects.requireNonNull(file), StandardCharsets.UTF_8));
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
