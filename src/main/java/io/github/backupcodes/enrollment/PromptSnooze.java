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
 * Stores that a user has postponed the prompt, and for which reason: another reason, such as the last code used,
 * prompts again.
 *
 * <p>It is stored in an attribute of the user, across sessions, nodes and restarts. The attribute is not part of the
 * user profile: no form has a field for it, and users who may edit unmanaged attributes can only postpone the prompt
 * with it. For users of a read-only storage it is stored in the cluster's memory, until all nodes restart.
 */
final class PromptSnooze {

    /** The name of the attribute. */
    static final String ATTRIBUTE = "backup-codes.not-now";

    private static final Duration LIFESPAN = Duration.ofDays(SetupPromptMode.REMINDER_DAYS);
    private static final String SEPARATOR = " ";

    private final KeycloakSession session;
    private final UserModel user;

    PromptSnooze(KeycloakSession session, UserModel user) {
        this.session = session;
        this.user = user;
    }

    /** Stores it. */
    void remember(PromptReason reason, Instant now) {
        String value = reason.name() + SEPARATOR + now;
        try {
            user.setSingleAttribute(ATTRIBUTE, value);
        } catch (ReadOnlyException e) {
            session.singleUseObjects().put(key(), LIFESPAN.toSeconds(), Map.of(ATTRIBUTE, value));
        }
    }

    /**
     * Whether the prompt is still postponed.
     *
     * @param since when the current set was created; a postponement before that was about another set. Null if there is
     *     none
     */
    boolean holds(PromptReason reason, @Nullable Instant since, Instant now) {
        return remembered()
                .filter(value -> value.startsWith(reason.name() + SEPARATOR))
                .flatMap(value ->
                        StoredTimestamp.parse(value.substring(reason.name().length() + SEPARATOR.length())))
                .filter(postponedAt -> since == null || postponedAt.isAfter(since))
                .filter(postponedAt -> !postponedAt.isAfter(now) && now.isBefore(postponedAt.plus(LIFESPAN)))
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
