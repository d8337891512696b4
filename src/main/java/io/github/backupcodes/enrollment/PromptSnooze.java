package io.github.backupcodes.enrollment;

import io.github.backupcodes.policy.SetupPromptMode;
import io.github.backupcodes.support.StoredTimestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.storage.ReadOnlyException;
import org.keycloak.storage.StorageId;

/**
 * That a user has said "not now", and on which occasion: another one, such as the last code used, is worth a new question.
 *
 * <p>An attribute of the user keeps it, across sessions, nodes and restarts. It is no part of the user profile: there is no
 * field for it anywhere, and what can be written there by those whom the realm lets edit unmanaged attributes is no more
 * than a later question. Users of a storage that Keycloak may not write to are remembered in the cluster's memory, until
 * all nodes restart.
 */
final class PromptSnooze {

    /** The name of the attribute. */
    static final String ATTRIBUTE = "backup-codes.not-now";

    private static final Duration LIFE = Duration.ofDays(SetupPromptMode.REMINDER_DAYS);
    private static final String SEPARATOR = " ";

    private final KeycloakSession session;
    private final UserModel user;

    PromptSnooze(KeycloakSession session, UserModel user) {
        this.session = session;
        this.user = user;
    }

    /** Remembers it. */
    void remember(PromptReason reason, Instant now) {
        String value = reason.name() + SEPARATOR + now;
        try {
            user.setSingleAttribute(ATTRIBUTE, value);
        } catch (ReadOnlyException e) {
            session.singleUseObjects().put(key(), LIFE.toSeconds(), Map.of(ATTRIBUTE, value));
        }
    }

    /**
     * Whether the user is still to be left in peace.
     *
     * @param since when the present set was made; what was said before was about another. Null when there is none
     */
    boolean holds(PromptReason reason, @Nullable Instant since, Instant now) {
        return remembered()
                .filter(value -> value.startsWith(reason.name() + SEPARATOR))
                .flatMap(value ->
                        StoredTimestamp.parse(value.substring(reason.name().length() + SEPARATOR.length())))
                .filter(said -> since == null || said.isAfter(since))
                .filter(said -> !said.isAfter(now) && now.isBefore(said.plus(LIFE)))
                .isPresent();
    }

    private Optional<String> remembered() {
        Optional<String> value = Optional.ofNullable(user.getFirstAttribute(ATTRIBUTE));
        return value.isPresent() || (StorageId.isLocalStorage(user.getId()) && !user.isFederated())
                ? value
                : Optional.ofNullable(session.singleUseObjects().get(key())).map(notes -> notes.get(ATTRIBUTE));
    }

    private String key() {
        return ATTRIBUTE + SEPARATOR + user.getId();
    }
}
