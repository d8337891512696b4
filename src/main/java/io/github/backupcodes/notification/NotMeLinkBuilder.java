package io.github.backupcodes.notification;

import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.Urls;

/** Makes the links with which a user says: it was not me. Each works once, usually for 24 hours. */
final class NotMeLinkBuilder {

    /** The attribute of a realm with which Keycloak lets the life of one kind of link be set, in seconds. */
    private static final String LIFE = "actionTokenGeneratedByUserLifespan." + NotMeActionToken.TYPE;

    private static final int USUAL_LIFE = (int) Duration.ofHours(24).toSeconds();

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final MailJob job;

    /** Takes what the user is told with it. */
    NotMeLinkBuilder(KeycloakSession session, RealmModel realm, UserModel user, MailJob job) {
        this.session = session;
        this.realm = realm;
        this.user = user;
        this.job = job;
    }

    /** A link and its end. */
    record Link(String url, Instant expiresAt) {}

    /**
     * A new link.
     *
     * @param baseUri where users reach this server
     */
    Link make(URI baseUri) {
        Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(realm.getAttribute(LIFE, USUAL_LIFE));
        NotMeActionToken token = new NotMeActionToken(user, job, (int) end.getEpochSecond());
        String realmUrl = Urls.realmIssuer(baseUri, realm.getName());
        token.id(KeycloakModelUtils.generateId()).issuedNow().issuer(realmUrl).audience(realmUrl);
        String url = UriBuilder.fromUri(baseUri)
                .path("realms/{realm}/login-actions/action-token")
                .queryParam("key", session.tokens().encode(token))
                .build(realm.getName())
                .toString();
        return new Link(url, end);
    }
}
