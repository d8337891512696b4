package io.github.backupcodes.support;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.theme.PropertiesUtil;
import org.keycloak.theme.ThemeResourceProvider;
import org.keycloak.theme.ThemeResourceProviderFactory;

/**
 * Provides our messages in simplified and traditional Chinese. Keycloak's themes name such files {@code
 * messages_zh_Hans.properties}, but its {@code ClasspathThemeResourceProviderFactory} asks extensions for {@code
 * messages_zh__#Hans.properties}. As in Keycloak's themes, {@code zh-CN} and {@code zh-TW} are aliases.
 */
public final class ChineseMessagesProvider
        implements ThemeResourceProviderFactory, SimpleProviderFactory<ThemeResourceProvider>, ThemeResourceProvider {

    private static final String CHINESE = "zh";

    @Override
    public ThemeResourceProvider create(KeycloakSession session) {
        return this;
    }

    @Override
    public String getId() {
        return "backup-codes-chinese";
    }

    /** The messages of a bundle; empty for languages other than these two. */
    @Override
    public Properties getMessages(String baseBundlename, Locale locale) throws IOException {
        Properties messages = new Properties();
        String script = script(locale);
        if (script.isEmpty()) {
            return messages;
        }
        String file = "theme-resources/messages/%s_%s_%s.properties".formatted(baseBundlename, CHINESE, script);
        try (InputStream stream = ChineseMessagesProvider.class.getClassLoader().getResourceAsStream(file)) {
            if (stream != null) {
                PropertiesUtil.readCharsetAware(messages, stream);
            }
        }
        return messages;
    }

    private static String script(Locale locale) {
        if (!CHINESE.equals(locale.getLanguage())) {
            return "";
        }
        return switch (locale.getCountry()) {
            case "CN" -> "Hans";
            case "TW" -> "Hant";
            default -> locale.getScript();
        };
    }

    @Override
    public @Nullable URL getTemplate(String name) {
        return null;
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String path) {
        return null;
    }

    @Override
    public void close() {}
}
