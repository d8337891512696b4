package io.github.backupcodes.support.realm;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The words of this extension, so that tests name a message and leave its wording to the themes. A language without a
 * text of its own has the English one, as on the server.
 */
public final class Messages {

    private static final String ENGLISH = "en";
    private static final Map<String, Properties> LANGUAGES = new ConcurrentHashMap<>();

    private Messages() {}

    /**
     * An English message.
     *
     * @return the text as a page shows it
     */
    public static String of(String key, Object... parameters) {
        return in(ENGLISH, key, parameters);
    }

    /**
     * A message.
     *
     * @param language   its language, for example {@code de}
     * @return the text as a page shows it
     */
    public static String in(String language, String key, Object... parameters) {
        return new MessageFormat(pattern(language, key), Locale.forLanguageTag(language)).format(parameters);
    }

    /**
     * A message of the account console, which has a format of its own.
     *
     * @param language   its language, for example {@code de}
     */
    public static String inConsole(String language, String key, Object... parameters) {
        String text = pattern(language, key);
        for (int i = 0; i < parameters.length; i++) {
            text = text.replace("{{" + i + "}}", String.valueOf(parameters[i]));
        }
        return text;
    }

    private static String pattern(String language, String key) {
        String own = texts(language).getProperty(key);
        return own != null ? own : Objects.requireNonNull(texts(ENGLISH).getProperty(key), key);
    }

    private static Properties texts(String language) {
        return LANGUAGES.computeIfAbsent(language, Messages::load);
    }

    private static Properties load(String language) {
        Properties words = new Properties();
        String file = "/theme-resources/messages/messages_" + language.replace('-', '_') + ".properties";
        try (InputStream texts = Messages.class.getResourceAsStream(file)) {
            if (texts != null) {
                words.load(new InputStreamReader(texts, StandardCharsets.UTF_8));
            }
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
