package io.github.backupcodes.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialModel;

/**
 * Value object: a second factor or passkey of a user, without its secret.
 *
 * @param type      the type of the credential, for example {@code otp} or {@code webauthn}
 * @param label     the name that its user gave it; null for none
 * @param createdAt when it was set up, ISO 8601 in UTC, to the second; null if that is unknown
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SecondFactorRepresentation(
        String type, @Nullable String label, @Nullable String createdAt) {

    static SecondFactorRepresentation of(CredentialModel credential) {
        Long created = credential.getCreatedDate();
        return new SecondFactorRepresentation(
                credential.getType(),
                credential.getUserLabel(),
                created == null
                        ? null
                        : Instant.ofEpochMilli(created)
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString());
    }
}
