package io.github.backupcodes.loginverification;

import io.github.backupcodes.policy.LoginVerificationPolicy;
import io.github.backupcodes.support.CredentialTypes;
import io.github.backupcodes.support.RequiredActions;
import io.github.backupcodes.support.UserStorages;
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
final class LoginVerificationCredentialProvider implements CredentialProvider<CredentialModel> {

    private final KeycloakSession session;

    LoginVerificationCredentialProvider(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public String getType() {
        return CredentialTypes.LOGIN_VERIFICATION;
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
            metadata.createAction(LoginVerificationPolicy.REQUIRED_ACTION);
        }
        return metadata.build(session);
    }

    private boolean canTurnOn(UserModel user) {
        RealmModel realm = session.getContext().getRealm();
        LoginVerificationStatus verification =
                new LoginVerificationStatus(session, realm, user, realm.getBrowserFlow());
        return RequiredActions.hasUsualAlias(realm, LoginVerificationPolicy.REQUIRED_ACTION)
                && !verification.isOn()
                && !verification.offered().isEmpty()
                && new UserStorages(user).canBeChanged();
    }

    @Override
    public CredentialModel createCredential(RealmModel realm, UserModel user, CredentialModel credentialModel) {
        throw new UnsupportedOperationException("there are no credentials of the type " + getType());
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
