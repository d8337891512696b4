package io.github.backupcodes.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.backupcodes.challenge.factor.UserVerificationCode;
import io.github.backupcodes.challenge.factor.VerificationCodeProblem;
import io.github.backupcodes.challenge.store.VerificationCodeCredentialModel;
import io.github.backupcodes.challenge.store.VerificationCodeState;
import io.github.backupcodes.support.CredentialTypes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Value object: the state of a user's codes that are sent. Times are ISO 8601 in UTC, to the second.
 *
 * @param state      {@code active}, or why no code works: {@code paused}, {@code disabled}, {@code not_confirmed} or {@code
 *     cannot_be_sent}
 * @param number     the number, masked; null for codes by e-mail, whose address is that of the account, and if it cannot be read
 * @param createdAt  when they were set up; null if that is unknown
 * @param lastUsedAt when a code was last accepted; null if none was
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record VerificationCodeRepresentation(
        String state,
        @Nullable String number,
        @Nullable String createdAt,
        @Nullable String lastUsedAt) {

    /** Empty if the user has not set them up. */
    static Optional<VerificationCodeRepresentation> of(UserVerificationCode codes) {
        return codes.credential()
                .map(credential -> new VerificationCodeRepresentation(
                        codes.problem()
                                .map(VerificationCodeRepresentation::word)
                                .orElse("active"),
                        number(codes),
                        Optional.ofNullable(credential.getCreatedDate())
                                .map(created -> text(Instant.ofEpochMilli(created)))
                                .orElse(null),
                        lastUsed(credential)));
    }

    private static @Nullable String number(UserVerificationCode codes) {
        return CredentialTypes.SMS_CODE.equals(codes.factor().type())
                ? codes.credential()
                        .flatMap(VerificationCodeCredentialModel::state)
                        .map(state -> codes.factor().label(state.destination()))
                        .orElse(null)
                : null;
    }

    private static String word(VerificationCodeProblem problem) {
        return switch (problem) {
            case PAUSED -> "paused";
            case DISABLED -> "disabled";
            case CANNOT_SEND -> "cannot_be_sent";
            case NOT_CONFIRMED -> "not_confirmed";
        };
    }

    private static @Nullable String lastUsed(VerificationCodeCredentialModel credential) {
        return credential
                .state()
                .map(VerificationCodeState::accepted)
                .flatMap(accepted -> accepted.times().values().stream().max(Comparator.naturalOrder()))
                .map(VerificationCodeRepresentation::text)
                .orElse(null);
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
