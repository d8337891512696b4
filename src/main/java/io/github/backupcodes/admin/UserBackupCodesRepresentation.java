package io.github.backupcodes.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.CodeSetState;
import io.github.backupcodes.credential.UserBackupCodes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Value object: the state of a user's set, and the second factors of the user. Times are ISO 8601 in UTC, to the second.
 *
 * @param state                  {@code none} without a set, {@code unreadable}, {@code paused}, or a name of {@link
 *     CodeSetState} in lower case
 * @param total                  the number of codes that the set was created with; 0 without a set
 * @param remaining              the number of codes that are unused, whether or not they work
 * @param consecutiveFailures    the number of incorrect codes since a code was last accepted
 * @param createdAt              when it was created; null without a set
 * @param expiresAt              when it expires; null if it does not
 * @param lastUsedAt             when a code was last used; null if none was
 * @param pausedUntil            when the pause ends that failed attempts started; null if there is none
 * @param scheme                 the hash scheme of the codes; null without a set
 * @param hashKey                the id of the key that they are hashed with; null without a set or a key
 * @param temporaryCodeExpiresAt when the temporary code expires; null if there is no valid one
 * @param secondFactors          the second factors and passkeys of the user
 * @param emailCode              the codes by e-mail; null if they are not set up
 * @param smsCode                the codes by text message; null if they are not set up
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record UserBackupCodesRepresentation(
        String state,
        int total,
        int remaining,
        int consecutiveFailures,
        @Nullable String createdAt,
        @Nullable String expiresAt,
        @Nullable String lastUsedAt,
        @Nullable String pausedUntil,
        @Nullable String scheme,
        @Nullable String hashKey,
        @Nullable String temporaryCodeExpiresAt,
        List<SecondFactorRepresentation> secondFactors,
        @Nullable VerificationCodeRepresentation emailCode,
        @Nullable VerificationCodeRepresentation smsCode) {

    private static final String NO_SET = "none";
    private static final String UNREADABLE = "unreadable";
    private static final String PAUSED = "paused";

    /** Copies the list. */
    public UserBackupCodesRepresentation {
        secondFactors = List.copyOf(secondFactors);
    }

    static UserBackupCodesRepresentation of(
            UserBackupCodes codes,
            int lowThreshold,
            List<SecondFactorRepresentation> secondFactors,
            @Nullable VerificationCodeRepresentation emailCode,
            @Nullable VerificationCodeRepresentation smsCode) {
        String temporary = text(codes.temporary().worksUntil());
        String withoutFigures = codes.hasSet() ? UNREADABLE : NO_SET;
        return codes.cachedSet()
                .map(set -> of(set, state(set, lowThreshold), temporary, secondFactors, emailCode, smsCode))
                .orElseGet(() -> new UserBackupCodesRepresentation(
                        withoutFigures,
                        0,
                        0,
                        0,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        temporary,
                        secondFactors,
                        emailCode,
                        smsCode));
    }

    private static UserBackupCodesRepresentation of(
            CodeSet set,
            String state,
            @Nullable String temporary,
            List<SecondFactorRepresentation> secondFactors,
            @Nullable VerificationCodeRepresentation emailCode,
            @Nullable VerificationCodeRepresentation smsCode) {
        return new UserBackupCodesRepresentation(
                state,
                set.total(),
                set.remaining(),
                set.consecutiveFailures(),
                text(Optional.of(set.createdAt())),
                text(Optional.ofNullable(set.expiresAt())),
                text(set.lastUsedAt()),
                text(set.failedAttempts().pause(Instant.now())),
                set.scheme().id(),
                set.scheme().keyId(),
                temporary,
                secondFactors,
                emailCode,
                smsCode);
    }

    /** After a pause the codes work again; what keeps them from working for good is more important. */
    private static String state(CodeSet set, int lowThreshold) {
        Instant now = Instant.now();
        CodeSetState state = CodeSetState.of(set, lowThreshold, now);
        return state.isUsable() && set.failedAttempts().pause(now).isPresent()
                ? PAUSED
                : state.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String text(Optional<Instant> time) {
        return time.map(instant -> instant.truncatedTo(ChronoUnit.SECONDS).toString())
                .orElse(null);
    }
}
