package io.github.backupcodes.docs;

import java.util.List;

/** The languages of Keycloak's login pages, 41 in 26.7.3; {@code KeycloakLanguagesIT} compares them with the server. */
final class KeycloakLanguages {

    static final List<String> ALL = List.of(
            "ar", "az", "ca", "cs", "da", "de", "el", "en", "es", "eu", "fa", "fi", "fr", "hr", "hu", "hy", "id", "it",
            "ja", "ka", "kk", "ko", "ky", "lt", "lv", "nl", "no", "pl", "pt", "pt_BR", "ro", "ru", "sk", "sl", "sv",
            "th", "tr", "uk", "vi", "zh_Hans", "zh_Hant");

    private KeycloakLanguages() {}
}
