package io.github.backupcodes.credential;

import io.github.backupcodes.credential.store.CodeSetStore;
import io.github.backupcodes.credential.verify.RecoveryCodeUsageStore;
import io.github.backupcodes.notification.Notification;
import io.github.backupcodes.support.CredentialTypes;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialTypeMetadata;
import org.keycloak.credential.CredentialTypeMetadataContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The credential types that are stored beside others: the temporary code, the usage of Keycloak's recovery codes, and the record of new
 * factors. Keycloak silently
 * drops imported credentials whose type has no provider. No authenticator refers to these types as its category, so the account console
 * does not list them.
 */
final class AuxiliaryCredentialProvider implements CredentialProvider<CredentialModel> {

    private final KeycloakSession session;

    AuxiliaryCredentialProvider(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public String getType() {
        return CredentialTypes.TEMPORARY_CODE;
    }

    @Override
    public boolean supportsCredentialType(String type) {
        return CredentialTypes.TEMPORARY_CODE.equals(type)
                || CredentialTypes.RECOVERY_CODE_USAGE.equals(type)
                || CredentialTypes.NEW_FACTORS.equals(type);
    }

    /** Keycloak calls this when it imports a user. */
    @Override
    public CredentialModel createCredential(RealmModel realm, UserModel user, CredentialModel credentialModel) {
        if (CredentialTypes.RECOVERY_CODE_USAGE.equals(credentialModel.getType())) {
            RecoveryCodeUsageStore row = new RecoveryCodeUsageStore(session, user);
            return CredentialImport.importCredential(
                    user, credentialModel, () -> row.importCredential(credentialModel));
        }
        if (CredentialTypes.NEW_FACTORS.equals(credentialModel.getType())) {
            return user.credentialManager().createStoredCredential(credentialModel);
        }
        TemporaryCode code = new TemporaryCode(new CodeSetStore(session, user, CredentialTypes.TEMPORARY_CODE));
        CredentialModel stored =
                CredentialImport.importCredential(user, credentialModel, () -> code.importCredential(credentialModel));
        code.worksUntil()
                .ifPresent(end ->
                        CredentialImport.report(session, user, stored, new Notification.TemporaryCodeIssued(end)));
        return stored;
    }

    @Override
    public boolean deleteCredential(RealmModel realm, UserModel user, String credentialId) {
        return user.credentialManager().removeStoredCredentialById(credentialId);
    }

    @Override
    public CredentialModel getCredentialFromModel(CredentialModel model) {
        return model;
    }

    /** Describes the temporary code, on Keycloak's list of ways to sign in. The type does not count as a second factor. */
    @Override
    public CredentialTypeMetadata getCredentialTypeMetadata(CredentialTypeMetadataContext metadataContext) {
        return CredentialTypeMetadata.builder()
                .type(getType())
                .category(CredentialTypeMetadata.Category.BASIC_AUTHENTICATION)
                .displayName("backup-code-temporary-display-name")
                .helpText("backup-code-temporary-help-text")
                .iconCssClass("kcAuthenticatorRecoveryAuthnCodesClass")
                .removeable(false)
                .build(session);
    }
}
