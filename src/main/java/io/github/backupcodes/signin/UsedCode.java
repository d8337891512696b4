package io.github.backupcodes.signin;

import io.github.backupcodes.credential.BackupCodesCredentialModel;
import io.github.backupcodes.credential.TemporaryCode;
import io.github.backupcodes.policy.Policy;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.authentication.requiredactions.WebAuthnRegisterFactory;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.utils.RequiredActionHelper;

/**
 * That a backup code was used in a sign-in, kept until the sign-in is complete: required actions come in requests, and with
 * events, of their own, and LOGIN has to say it all the same.
 *
 * @param remaining      how many codes of its kind are left; of the user's own set after a code that an administrator issued
 * @param credentialType the type of the credential that it belonged to
 */
public record UsedCode(String remaining, String credentialType) {

    private static final String NOTE = "backup-codes.used";
    private static final String TYPE_NOTE = "backup-codes.used-type";

    /** Whether it was the one that an administrator had issued. */
    public boolean isTemporary() {
        return TemporaryCode.TYPE.equals(credentialType);
    }

    /** Whether it was one of Keycloak's own recovery codes. */
    public boolean isRecoveryCode() {
        return RecoveryAuthnCodesCredentialModel.TYPE.equals(credentialType);
    }

    /** The type for events and the record of the sign-in: a code of the help desk is a backup code there. */
    String typeForKeycloak() {
        return isTemporary() ? BackupCodesCredentialModel.TYPE : credentialType;
    }

    /** Remembers it in the sign-in. */
    void rememberIn(AuthenticationSessionModel signIn) {
        signIn.setAuthNote(NOTE, remaining);
        signIn.setAuthNote(TYPE_NOTE, credentialType);
    }

    /**
     * Has the required action show its page about the used code before the sign-in goes on. Not where an application asked
     * for new codes anyway, for Keycloak would then take the way to cancel off their page; but whoever was helped out has
     * to set up a second factor, by Keycloak's own action where ours is off.
     */
    void askWhatNext(RealmModel realm, AuthenticationSessionModel signIn) {
        Optional<String> page = enabled(realm, Policy.REQUIRED_ACTION);
        if (page.isPresent()) {
            if (isTemporary() || !Policy.REQUIRED_ACTION.equals(signIn.getClientNote(Constants.KC_ACTION))) {
                signIn.addRequiredAction(Policy.REQUIRED_ACTION);
            }
        } else if (isTemporary()) {
            Stream.of(UserModel.RequiredAction.CONFIGURE_TOTP.name(), WebAuthnRegisterFactory.PROVIDER_ID)
                    .flatMap(action -> enabled(realm, action).stream())
                    .findFirst()
                    .ifPresent(signIn::addRequiredAction);
        }
    }

    /** Under which name the realm has an action; nothing where it is not enabled. */
    static Optional<String> enabled(RealmModel realm, String action) {
        return Optional.ofNullable(RequiredActionHelper.getRequiredActionByProviderId(realm, action))
                .filter(RequiredActionProviderModel::isEnabled)
                .map(RequiredActionProviderModel::getAlias);
    }

    /** What the sign-in remembers, if a code was used. */
    public static Optional<UsedCode> in(AuthenticationSessionModel signIn) {
        return Optional.ofNullable(signIn.getAuthNote(NOTE))
                .map(remaining -> new UsedCode(
                        remaining,
                        Objects.requireNonNullElse(signIn.getAuthNote(TYPE_NOTE), BackupCodesCredentialModel.TYPE)));
    }

    /** Adds it to an event. */
    public void describe(EventBuilder event) {
        event.detail(Details.CREDENTIAL_TYPE, typeForKeycloak())
                .detail(EventDetails.REMAINING, remaining)
                .detail(EventDetails.TEMPORARY, isTemporary() ? String.valueOf(true) : null);
    }
}
