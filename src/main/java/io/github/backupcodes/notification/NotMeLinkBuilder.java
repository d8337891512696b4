package io.github.backupcodes.notification;

import io.github.backupcodes.code.FactorRank;
import io.github.backupcodes.flow.SecondFactorCredentials;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.Urls;

/** Builds the links with which users report "it was not me". Each works once, by default for 24 hours. */
final class NotMeLinkBuilder {

    /** The attribute of a realm in which Keycloak stores the lifespan of one kind of link, in seconds. */
    private static final String LIFESPAN_ATTRIBUTE = "actionTokenGeneratedByUserLifespan." + NotMeActionToken.TYPE;

    private static final int DEFAULT_LIFESPAN = (int) Duration.ofHours(24).toSeconds();

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final MailJob job;

    /** Takes the mail that contains the link. */
    NotMeLinkBuilder(KeycloakSession session, RealmModel realm, UserModel user, MailJob job) {
        this.session = session;
        this.realm = realm;
        this.user = user;
        this.job = job;
    }

    /** Value object: a link and when it expires. */
    record Link(String url, Instant expiresAt) {}

    /**
     * Builds a new link.
     *
     * @param baseUri the URL of this server for users
     * @param details what the page behind it says
     */
    Link make(URI baseUri, NotMeDetails details) {
        int lifespan = Math.max(1, realm.getAttribute(LIFESPAN_ATTRIBUTE, DEFAULT_LIFESPAN));
        Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(lifespan);
        NotMeActionToken token = new NotMeActionToken(user, job, rankBefore(), end);
        String realmUrl = Urls.realmIssuer(baseUri, realm.getName());
        token.id(KeycloakModelUtils.generateId()).issuedNow().issuer(realmUrl).audience(realmUrl);
        details.keep(session, token.getId(), lifespan);
        String url = UriBuilder.fromUri(baseUri)
                .path("realms/{realm}/login-actions/action-token")
                .queryParam("key", session.tokens().encode(token))
                .build(realm.getName())
                .toString();
        return new Link(url, end);
    }

    /** Without what was added since, or by the same person. */
    private FactorRank rankBefore() {
        long since = job.since().toEpochMilli();
        Set<String> beside = job.beside();
        return new SecondFactorCredentials(session)
                .rankOf(
                        user,
                        factor -> (factor.getCreatedDate() == null || factor.getCreatedDate() < since)
                                && (factor.getId() == null || !beside.contains(factor.getId())));
    }
}
