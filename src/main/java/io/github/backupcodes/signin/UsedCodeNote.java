package io.github.backupcodes.signin;

import io.github.backupcodes.support.CredentialTypes;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * That a backup code was used in a sign-in, kept until the sign-in is complete: required actions come in requests, and with
 * events, of their own, and LOGIN has to say it all the same.
 *
 * @param remaining      how many codes of its kind are left; of the user's own set after a code that an administrator issued
 * @param credentialType the type of the credential that it belonged to
 */
public record UsedCodeNote(String remaining, String credentialType) {

    private static final String NOTE = "backup-codes.used";
    private static final String TYPE_NOTE = "backup-codes.used-type";

    /** Whether it was the one that an administrator had issued. */
    public boolean isTemporary() {
        return CredentialTypes.TEMPORARY_CODE.equals(credentialType);
    }

    /** Whether it was one of Keycloak's own recovery codes. */
    public boolean isRecoveryCode() {
        return RecoveryAuthnCodesCredentialModel.TYPE.equals(credentialType);
    }

    /** The type for events and the record of the sign-in: a code of the help desk is a backup code there. */
    String typeForKeycloak() {
        return isTemporary() ? CredentialTypes.BACKUP_CODES : credentialType;
    }

    /** Remembers it in the sign-in. */
    void rememberIn(AuthenticationSessionModel signIn) {
        signIn.setAuthNote(NOTE, remaining);
        signIn.setAuthNote(TYPE_NOTE, credentialType);
    }

    /** What the sign-in remembers, if a code was used. */
    public static Optional<UsedCodeNote> in(AuthenticationSessionModel signIn) {
        return Optional.ofNullable(signIn.getAuthNote(NOTE))
                .map(remaining -> new UsedCodeNote(
                        remaining,
                        Objects.requireNonNullElse(signIn.getAuthNote(TYPE_NOTE), CredentialTypes.BACKUP_CODES)));
    }

    /** Adds it to an event. */
    public void describe(EventBuilder event) {
        event.detail(Details.CREDENTIAL_TYPE, typeForKeycloak())
                .detail(EventDetails.REMAINING, remaining)
                .detail(EventDetails.TEMPORARY, isTemporary() ? String.valueOf(true) : null);
    }
}
