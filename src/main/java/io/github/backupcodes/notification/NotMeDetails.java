package io.github.backupcodes.notification;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;

/**
 * Value object: what the page behind a link says about the notification. The server keeps it until the link expires; the link does not
 * contain it, because addresses of pages get into logs. If it is lost, because a server without persistent caches was restarted, the
 * page shows less.
 *
 * @param subject the message key of the subject of the mail
 * @param address the IP address; null if it is unknown, or not for the user
 * @param client  the id of the client; null like the address
 */
public record NotMeDetails(
        String subject, @Nullable String address, @Nullable String client) {

    private static final String KEY = "backup-codes.not-me.";
    private static final String SUBJECT = "subject";
    private static final String ADDRESS = "address";
    private static final String CLIENT = "client";

    /** Keeps the details of a link, which is identified by its token. */
    void keep(KeycloakSession session, String tokenId, long seconds) {
        Map<String, String> values = new HashMap<>();
        values.put(SUBJECT, subject);
        if (address != null) {
            values.put(ADDRESS, address);
        }
        if (client != null) {
            values.put(CLIENT, client);
        }
        session.singleUseObjects().put(KEY + tokenId, seconds, values);
    }

    /** The details of a link; empty if they are lost. */
    public static Optional<NotMeDetails> find(KeycloakSession session, String tokenId) {
        Map<String, String> values = session.singleUseObjects().get(KEY + tokenId);
        String subject = values == null ? null : values.get(SUBJECT);
        return subject == null
                ? Optional.empty()
                : Optional.of(new NotMeDetails(subject, values.get(ADDRESS), values.get(CLIENT)));
    }
}
