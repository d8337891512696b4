package io.github.backupcodes.notification;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.forms.login.freemarker.model.UrlBean;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.theme.Theme;

/** Sends a mail of the realm's e-mail theme, in the language of the user, outside of a request. */
public final class UserMail {

    private static final URI RELATIVE = URI.create("/");

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel reader;
    private final NotificationContext context;

    /**
     * Takes who gets it.
     *
     * @param context the request that caused it
     */
    public UserMail(KeycloakSession session, RealmModel realm, UserModel user, NotificationContext context) {
        this.session = session;
        this.realm = realm;
        this.reader = new FallbackLocaleUser(user, context.language());
        this.context = context;
    }

    /** The language of the mail. */
    public Locale locale() {
        return session.getContext().resolveLocale(reader);
    }

    /**
     * Sends it.
     *
     * @param subject   the message key of the subject
     * @param arguments of the subject
     * @param template  the name of the pair of templates
     * @param name      the attribute of the template
     * @param bean      its value
     * @throws EmailException if the mail server does not accept it, or a template fails
     */
    public void send(String subject, List<Object> arguments, String template, String name, Object bean)
            throws EmailException {
        session.getProvider(EmailTemplateProvider.class)
                .setRealm(realm)
                .setUser(reader)
                .send(subject, arguments, template, attributes(name, bean));
    }

    /**
     * With the URLs that the layout of a theme may need, which Keycloak knows only during a request. If the URL of this server is
     * unknown, they are relative: a picture that is missing is better than a mail that cannot be rendered.
     */
    private Map<String, Object> attributes(String name, Object bean) throws EmailException {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put(name, bean);
        try {
            Theme theme = session.theme().getTheme(Theme.Type.EMAIL);
            URI baseUri = Objects.requireNonNullElse(context.baseUri(), RELATIVE);
            attributes.put("url", new UrlBean(realm, theme, baseUri, null));
        } catch (IOException e) {
            throw new EmailException("The e-mail theme is not available", e);
        }
        return attributes;
    }
}
