package io.github.backupcodes.support.realm;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.models.utils.RecoveryAuthnCodesUtils;

/** Recovery codes of Keycloak's own that a user is created with, drawn and stored by Keycloak's classes. */
public final class TestRecoveryCodes {

    /** The type of the credential. */
    public static final String CREDENTIAL = "recovery-authn-codes";

    /** Keycloak's authenticator for them. */
    public static final String AUTHENTICATOR = "auth-recovery-authn-code-form";

    /** What Keycloak up to 26.1 wrote in the place of the algorithm; there was a field more as well. */
    private static final String BEFORE_26_2 =
            "{\"hashIterations\":1,\"algorithm\":\"RS512\",\"remainingCodes\":%1$d,\"totalCodes\":%1$d}";

    private final List<String> codes;
    private final boolean before262;

    private TestRecoveryCodes(List<String> codes, boolean before262) {
        this.codes = codes;
        this.before262 = before262;
        IssuedCodes.add(codes);
    }

    /** As this version of Keycloak makes them. */
    public static TestRecoveryCodes now() {
        return new TestRecoveryCodes(RecoveryAuthnCodesUtils.generateRawCodes(), false);
    }

    /** As Keycloak up to 26.1 made them. */
    public static TestRecoveryCodes before262() {
        return new TestRecoveryCodes(RecoveryAuthnCodesUtils.generateRawCodes(), true);
    }

    /** The last ones of such codes. */
    public static TestRecoveryCodes last(int count) {
        return new TestRecoveryCodes(RecoveryAuthnCodesUtils.generateRawCodes().subList(0, count), false);
    }

    /** One with letters and digits that a list of backup codes does not tell apart. */
    public static TestRecoveryCodes alike() {
        return new TestRecoveryCodes(List.of("IL1LI11IL1AB"), false);
    }

    /** A code with the right form that belongs to no one. */
    public static String wrong() {
        return RecoveryAuthnCodesUtils.generateRawCodes().get(0);
    }

    /** One of the codes. */
    public String code(int position) {
        String code = codes.get(position);
        return code.substring(0, 4) + "-" + code.substring(4, 8) + "-" + code.substring(8);
    }

    /**
     * The credential.
     *
     * @return as Keycloak's {@code CredentialRepresentation}
     */
    public Map<String, Object> credential() {
        CredentialModel model = RecoveryAuthnCodesCredentialModel.createFromValues(
                codes, Instant.now().toEpochMilli(), null);
        String open = before262 ? BEFORE_26_2.formatted(codes.size()) : model.getCredentialData();
        return Map.of(
                "type",
                CREDENTIAL,
                "createdDate",
                model.getCreatedDate(),
                "credentialData",
                open,
                "secretData",
                model.getSecretData());
    }
}
