package io.github.backupcodes.notification;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.UserModelDelegate;

/**
 * A user with the language that the browser requested, unless the account has one: Keycloak looks for it in the
 * request, but mails are composed outside of a request. The language of the account comes first, because someone else
 * may have been at the browser.
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
