package io.github.backupcodes.credential.verify;

import static io.github.backupcodes.credential.model.CredentialJson.PUBLIC;
import static io.github.backupcodes.credential.model.CredentialJson.SECRET;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.backupcodes.code.BackupCode;
import io.github.backupcodes.code.FailedAttempts;
import io.github.backupcodes.credential.model.CredentialJson;
import io.github.backupcodes.credential.model.UnreadableCodeSetException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.utils.RecoveryAuthnCodesUtils;

/**
 * Value object for the attempts at Keycloak's recovery codes: Keycloak forgets a used code, and counts wrong ones only if the realm
 * detects brute force. Codes of 61 bits need a limit (NIST SP 800-63B-4, 3.1.2, 3.2.2).
 *
 * @param failedAttempts the failed attempts since the last valid code
 * @param used    the hashes of the codes that were used here, as Keycloak had them; none of them is accepted any more
 * @param usedUp  whether the last code was used here
 */
record RecoveryCodeUsage(FailedAttempts failedAttempts, List<String> used, boolean usedUp) {

    static final RecoveryCodeUsage NONE = new RecoveryCodeUsage(FailedAttempts.NONE, List.of(), false);

    private static final int LONGEST_ID = 36;

    /** More than 64 bytes are in base64. */
    private static final int LONGEST_HASH = 100;

    RecoveryCodeUsage {
        used = List.copyOf(used);
    }

    /**
     * Reads it within bounds, because it may come from anyone who may write users.
     *
     * @throws UnreadableCodeSetException if it is not what this version writes
     */
    static RecoveryCodeUsage of(Open open, @Nullable String secretData) {
        Secret secret =
                secretData == null ? new Secret(List.of()) : CredentialJson.object(SECRET, secretData, Secret.class);
        CredentialJson.require(
                PUBLIC + ".recoveryCodes",
                open.recoveryCodes() != null && open.recoveryCodes().length() <= LONGEST_ID);
        CredentialJson.require(
                SECRET + ".used",
                secret.used() != null
                        && secret.used().size() <= RecoveryCodesCredential.MOST_CODES
                        && secret.used().stream().allMatch(hash -> hash != null && hash.length() <= LONGEST_HASH));
        return new RecoveryCodeUsage(
                new FailedAttempts(
                        CredentialJson.failures(PUBLIC + ".inARow", open.inARow()),
                        CredentialJson.replays(PUBLIC + ".replays", open.replays()),
                        CredentialJson.optional(PUBLIC + ".pausedUntil", open.pausedUntil(), CredentialJson::moment)),
                secret.used(),
                Boolean.TRUE.equals(open.usedUp()));
    }

    /** Whether the code was used here. */
    boolean haveUsed(BackupCode code) {
        return used.stream().anyMatch(hash -> RecoveryAuthnCodesUtils.verifyRecoveryCodeInput(code.symbols(), hash));
    }

    /**
     * Returns the usage with a valid code, after which the count starts again.
     *
     * @param last whether no other code is left
     */
    RecoveryCodeUsage using(String hash, boolean last) {
        List<String> more = new ArrayList<>(used);
        more.add(hash);
        return new RecoveryCodeUsage(FailedAttempts.NONE, more, last);
    }

    RecoveryCodeUsage with(FailedAttempts newAttempts) {
        return new RecoveryCodeUsage(newAttempts, used, usedUp);
    }

    @Override
    public String toString() {
        return "RecoveryCodeUsage[redacted]";
    }

    /**
     * The JSON in {@code CREDENTIAL_DATA}.
     *
     * @param recoveryCodes the id of the credential that the attempts were at
     * @param inARow        how many wrong codes in a row
     * @param replays       how many codes that were used before; absent when there was none
     * @param pausedUntil   when the last pause ends or ended (ISO 8601, UTC); absent when there was none
     * @param usedUp        true when the last of the codes was used; else absent
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Open(
            String recoveryCodes,
            int inARow,
            @Nullable Integer replays,
            @Nullable String pausedUntil,
            @Nullable Boolean usedUp) {}

    /** The JSON in {@code SECRET_DATA}. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Secret(List<String> used) {

        @Override
        public String toString() {
            return "Secret[redacted]";
        }
    }
}
