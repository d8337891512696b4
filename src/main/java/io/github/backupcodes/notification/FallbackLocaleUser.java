package io.github.backupcodes.notification;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.UserModelDelegate;

/**
 * A user who reads the language that the browser asked for, unless the account has one: Keycloak looks for it in the
 * request, of which there is none when the mail is made. That of the account comes first, for somebody else may have been at
 * the browser.
 */
final class FallbackLocaleUser extends UserModelDelegate {

    private final @Nullable Locale language;

    FallbackLocaleUser(UserModel user, @Nullable Locale language) {
        super(user);
        this.language = language;
    }

    @Override
    public @Nullable String getFirstAttribute(String name) {
        String own = super.getFirstAttribute(name);
        return own == null && language != null && LOCALE.equals(name) ? language.toLanguageTag() : own;
    }
}
