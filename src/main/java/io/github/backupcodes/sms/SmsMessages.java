package io.github.backupcodes.sms;

import io.github.backupcodes.notification.NotificationContext;
import io.github.backupcodes.notification.UserMail;
import io.github.backupcodes.policy.SiteName;
import io.github.backupcodes.sms.message.SmsText;
import io.github.backupcodes.sms.message.SmsTextKey;
import io.github.backupcodes.sms.sender.SmsMessage;
import io.github.backupcodes.sms.sender.SmsPurpose;
import io.github.backupcodes.support.RealmLocale;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.theme.Theme;

/**
 * The texts of text messages, from the realm's e-mail theme.
 *
 * @param session a session whose realm is the realm
 * @param locale  the language
 */
record SmsMessages(KeycloakSession session, Locale locale) {

    /** Those for a user, as a mail would have them. */
    static SmsMessages of(KeycloakSession session, UserModel user, NotificationContext context) {
        RealmModel realm = session.getContext().getRealm();
        return new SmsMessages(session, new UserMail(session, realm, user, context).locale());
    }

    /** Those for an administrator, in the default language of the realm. */
    static SmsMessages of(KeycloakSession session, RealmModel realm) {
        return new SmsMessages(session, RealmLocale.of(realm));
    }

    /**
     * A message without a code.
     *
     * @param key    of the text, whose only argument is the site
     * @param number in E.164
     */
    SmsMessage withoutCode(SmsPurpose purpose, SmsTextKey key, String number) {
        return new SmsMessage(
                purpose.id() + '-' + KeycloakModelUtils.generateId(),
                number,
                SmsText.withoutCode(
                        arguments -> text(key, arguments),
                        SiteName.of(session.getContext().getRealm())),
                "",
                locale.toLanguageTag(),
                purpose);
    }

    /**
     * A text.
     *
     * @param key       of the message
     * @param arguments of the message
     */
    String text(SmsTextKey key, String... arguments) {
        try {
            Properties messages = session.theme()
                    .getTheme(Theme.Type.EMAIL)
                    .getEnhancedMessages(session.getContext().getRealm(), locale);
            return new MessageFormat(messages.getProperty(key.key(), ""), locale).format(arguments);
        } catch (IOException e) {
            throw new UncheckedIOException("The e-mail theme is not available", e);
        }
    }
}
