package io.github.backupcodes.signin;

import io.github.backupcodes.support.CredentialTypes;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Notes in the authentication session that a backup code was used, until the sign-in is complete: required actions come in other
 * requests, with other events, and LOGIN has to report the code all the same.
 *
 * @param remaining      how many codes of its kind are left; after a temporary code how many of the user's own set
 * @param credentialType the type of the credential that the code belonged to
 */
public record UsedCodeNote(int remaining, String credentialType) {

    private static final String NOTE = "backup-codes.used";
    private static final String TYPE_NOTE = "backup-codes.used-type";

    /** Whether it was a temporary code. */
    public boolean isTemporary() {
        return CredentialTypes.TEMPORARY_CODE.equals(credentialType);
    }

    /** Whether it was one of Keycloak's recovery codes. */
    public boolean isRecoveryCode() {
        return RecoveryAuthnCodesCredentialModel.TYPE.equals(credentialType);
    }

    /** The type for events and for the record of the sign-in, where a temporary code is a backup code. */
    String typeForKeycloak() {
        return isTemporary() ? CredentialTypes.BACKUP_CODES : credentialType;
    }

    /** Writes the note. */
    void rememberIn(AuthenticationSessionModel signIn) {
        signIn.setAuthNote(NOTE, String.valueOf(remaining));
        signIn.setAuthNote(TYPE_NOTE, credentialType);
    }

    /** Reads the note; empty if no code was used. */
    public static Optional<UsedCodeNote> in(AuthenticationSessionModel signIn) {
        return Optional.ofNullable(signIn.getAuthNote(NOTE))
                .map(remaining -> new UsedCodeNote(
                        Integer.parseInt(remaining),
                        Objects.requireNonNullElse(signIn.getAuthNote(TYPE_NOTE), CredentialTypes.BACKUP_CODES)));
    }

    /** Adds it to an event. */
    public void describe(EventBuilder event) {
        event.detail(Details.CREDENTIAL_TYPE, typeForKeycloak())
                .detail(EventDetails.REMAINING, String.valueOf(remaining))
                .detail(EventDetails.TEMPORARY, isTemporary() ? String.valueOf(true) : null);
    }
}
