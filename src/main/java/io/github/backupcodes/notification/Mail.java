package io.github.backupcodes.notification;

import io.github.backupcodes.policy.SiteName;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.forms.login.freemarker.model.UrlBean;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.theme.Theme;

/** A mail in the realm's e-mail theme and the user's language. One pair of templates serves all notices. */
record Mail(KeycloakSession session, RealmModel realm, UserModel user, MailJob job) {

    private static final String TEMPLATE = "backup-codes-notice.ftl";

    void send() throws EmailException {
        UserModel reader = new FallbackLocaleUser(user, job.context().language());
        Locale locale = session.getContext().resolveLocale(reader);
        NotificationMailBean mail = new NotificationMailComposer(
                        job, SiteName.of(realm), new NotMeLinkBuilder(session, realm, user, job)::make, locale)
                .bean();
        session.getProvider(EmailTemplateProvider.class)
                .setRealm(realm)
                .setUser(reader)
                .send(mail.getSubject(), List.of(), TEMPLATE, attributes(mail));
    }

    /** With the addresses that the layout of a theme may want, which Keycloak can only tell during a request. */
    private Map<String, Object> attributes(NotificationMailBean mail) throws EmailException {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("notice", mail);
        URI baseUri = job.context().baseUri();
        if (baseUri != null) {
            try {
                Theme theme = session.theme().getTheme(Theme.Type.EMAIL);
                attributes.put("url", new UrlBean(realm, theme, baseUri, null));
            } catch (IOException e) {
                throw new EmailException("The e-mail theme is not available", e);
            }
        }
        return attributes;
    }
}
