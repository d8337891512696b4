package io.github.backupcodes.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.backupcodes.challenge.store.VerificationCodeCredentialModel;
import io.github.backupcodes.challenge.store.VerificationCodeState;
import io.github.backupcodes.emailcode.EmailCodeProblem;
import io.github.backupcodes.emailcode.UserEmailCode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Value object: the state of a user's codes by e-mail, never the address. Times are ISO 8601 in UTC, to the second.
 *
 * @param state      {@code active}, or why no code works: {@code paused}, {@code disabled}, {@code address_not_confirmed} or {@code
 *     cannot_be_sent}
 * @param createdAt  when they were set up; null if that is unknown
 * @param lastUsedAt when a code was last accepted; null if none was
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record EmailCodeRepresentation(
        String state, @Nullable String createdAt, @Nullable String lastUsedAt) {

    /** Empty if the user has not set them up. */
    static Optional<EmailCodeRepresentation> of(UserEmailCode codes) {
        return codes.credential()
                .map(credential -> new EmailCodeRepresentation(
                        codes.problem().map(EmailCodeRepresentation::word).orElse("active"),
                        Optional.ofNullable(credential.getCreatedDate())
                                .map(created -> text(Instant.ofEpochMilli(created)))
                                .orElse(null),
                        lastUsed(credential)));
    }

    private static String word(EmailCodeProblem problem) {
        return switch (problem) {
            case PAUSED -> "paused";
            case DISABLED -> "disabled";
            case CANNOT_SEND -> "cannot_be_sent";
            case ADDRESS -> "address_not_confirmed";
        };
    }

    private static @Nullable String lastUsed(VerificationCodeCredentialModel credential) {
        return credential
                .state()
                .map(VerificationCodeState::accepted)
                .flatMap(accepted -> accepted.times().values().stream().max(Comparator.naturalOrder()))
                .map(EmailCodeRepresentation::text)
                .orElse(null);
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
