package io.github.backupcodes.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.credential.UserBackupCodes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a user's set. Times are ISO 8601 in UTC, to the second.
 *
 * @param total       how many codes the set was made with; 0 without a set
 * @param remaining   how many can still be used
 * @param createdAt   when it was made; null without a set
 * @param expiresAt   when it stops working; null when it does not
 * @param lastUsedAt  when a code was last used; null when none was
 * @param pausedUntil until when wrong codes keep all attempts off; null when they do not
 * @param scheme      how the codes are hashed; null without a set
 * @param hashKey     the id of the key that they are hashed with; null without a set or a key
 * @param temporaryCodeExpiresAt when the code stops working that an administrator has issued; null when none works
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record UserBackupCodesRepresentation(
        int total,
        int remaining,
        @Nullable String createdAt,
        @Nullable String expiresAt,
        @Nullable String lastUsedAt,
        @Nullable String pausedUntil,
        @Nullable String scheme,
        @Nullable String hashKey,
        @Nullable String temporaryCodeExpiresAt) {

    static UserBackupCodesRepresentation of(UserBackupCodes codes) {
        String temporary = text(codes.temporary().worksUntil());
        return codes.cachedSet()
                .map(set -> of(set, temporary))
                .orElseGet(
                        () -> new UserBackupCodesRepresentation(0, 0, null, null, null, null, null, null, temporary));
    }

    private static UserBackupCodesRepresentation of(CodeSet set, @Nullable String temporary) {
        return new UserBackupCodesRepresentation(
                set.total(),
                set.remaining(),
                text(Optional.of(set.createdAt())),
                text(Optional.ofNullable(set.expiresAt())),
                text(set.lastUsedAt()),
                text(set.failedAttempts().pause(Instant.now())),
                set.scheme().id(),
                set.scheme().keyId(),
                temporary);
    }

    private static @Nullable String text(Optional<Instant> time) {
        return time.map(instant -> instant.truncatedTo(ChronoUnit.SECONDS).toString())
                .orElse(null);
    }
}
