package io.github.backupcodes.enrollment;

import io.github.backupcodes.policy.EnabledAction;
import io.github.backupcodes.policy.VerificationPolicy;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialTypeMetadata;
import org.keycloak.credential.CredentialTypeMetadataContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * What makes the account console offer to turn login verification on: it lists types of credentials, each with the required
 * action that makes one, and leaves out a type with neither. Nobody ever has a credential of this type, and whoever has a second
 * factor has no action for it.
 */
final class LoginVerificationType implements CredentialProvider<CredentialModel> {

    private final KeycloakSession session;

    LoginVerificationType(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public String getType() {
        return VerificationPolicy.CREDENTIAL_TYPE;
    }

    @Override
    public CredentialTypeMetadata getCredentialTypeMetadata(CredentialTypeMetadataContext metadataContext) {
        CredentialTypeMetadata.CredentialTypeMetadataBuilder metadata = CredentialTypeMetadata.builder()
                .type(getType())
                .category(CredentialTypeMetadata.Category.TWO_FACTOR)
                .displayName("login-verification-display-name")
                .helpText("login-verification-help-text")
                .removeable(false);
        UserModel user = metadataContext.getUser();
        if (user != null && canTurnOn(user)) {
            metadata.createAction(VerificationPolicy.REQUIRED_ACTION);
        }
        return metadata.build(session);
    }

    private boolean canTurnOn(UserModel user) {
        RealmModel realm = session.getContext().getRealm();
        Verification verification = new Verification(session, realm, user, realm.getBrowserFlow());
        return EnabledAction.hasUsualAlias(realm, VerificationPolicy.REQUIRED_ACTION)
                && !verification.isOn()
                && !verification.offered().isEmpty()
                && new StoredUser(user).canBeChanged();
    }

    @Override
    public CredentialModel createCredential(RealmModel realm, UserModel user, CredentialModel credentialModel) {
        throw new UnsupportedOperationException("no credentials exist of the type " + getType());
    }

    @Override
    public boolean deleteCredential(RealmModel realm, UserModel user, String credentialId) {
        return false;
    }

    @Override
    public CredentialModel getCredentialFromModel(CredentialModel model) {
        return model;
    }
}
