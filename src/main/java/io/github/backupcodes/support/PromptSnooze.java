package io.github.backupcodes.support;

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
public final class PromptSnooze {

    private static final String SEPARATOR = " ";

    private final KeycloakSession session;
    private final UserModel user;
    private final String attribute;
    private final Duration lifespan;

    /**
     * Takes the user and the prompt.
     *
     * @param attribute of the user in which it is stored; each prompt has its own
     * @param lifespan  for how long the prompt is postponed
     */
    public PromptSnooze(KeycloakSession session, UserModel user, String attribute, Duration lifespan) {
        this.session = session;
        this.user = user;
        this.attribute = attribute;
        this.lifespan = lifespan;
    }

    /**
     * Stores it.
     *
     * @param reason of the prompt, without spaces
     */
    public void remember(String reason, Instant now) {
        String value = reason + SEPARATOR + now;
        try {
            user.setSingleAttribute(attribute, value);
        } catch (ReadOnlyException e) {
            session.singleUseObjects().put(key(), lifespan.toSeconds(), Map.of(attribute, value));
        }
    }

    /**
     * Whether the prompt is still postponed.
     *
     * @param since when what the prompt is about was created; a postponement before that was about another one. Null if there is
     *     none
     */
    public boolean holds(String reason, @Nullable Instant since, Instant now) {
        return remembered()
                .filter(value -> value.startsWith(reason + SEPARATOR))
                .flatMap(value -> StoredTimestamp.parse(value.substring(reason.length() + SEPARATOR.length())))
                .filter(postponedAt -> since == null || postponedAt.isAfter(since))
                .filter(postponedAt -> !postponedAt.isAfter(now) && now.isBefore(postponedAt.plus(lifespan)))
                .isPresent();
    }

    private Optional<String> remembered() {
        Optional<String> value = Optional.ofNullable(user.getFirstAttribute(attribute));
        return value.isPresent() || (StorageId.isLocalStorage(user.getId()) && !user.isFederated())
                ? value
                : Optional.ofNullable(session.singleUseObjects().get(key())).map(notes -> notes.get(attribute));
    }

    private String key() {
        return attribute + SEPARATOR + user.getId();
    }
}
