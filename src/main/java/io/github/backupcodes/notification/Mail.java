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
record Mail(KeycloakSession session, RealmModel realm, UserModel user, Letter letter) {

    private static final String TEMPLATE = "backup-codes-notice.ftl";

    void send() throws EmailException {
        UserModel reader = new Reader(user, letter.circumstances().language());
        Locale locale = session.getContext().resolveLocale(reader);
        NoticeBean notice = new Wording(
                        letter, SiteName.of(realm), new NotMeLink(session, realm, user, letter)::make, locale)
                .bean();
        session.getProvider(EmailTemplateProvider.class)
                .setRealm(realm)
                .setUser(reader)
                .send(notice.getSubject(), List.of(), TEMPLATE, attributes(notice));
    }

    /** With the addresses that the layout of a theme may want, which Keycloak can only tell during a request. */
    private Map<String, Object> attributes(NoticeBean notice) throws EmailException {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("notice", notice);
        URI baseUri = letter.circumstances().baseUri();
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
