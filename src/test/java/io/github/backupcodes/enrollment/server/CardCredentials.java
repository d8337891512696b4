package io.github.backupcodes.enrollment.server;

import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialTypeMetadata;
import org.keycloak.credential.CredentialTypeMetadataContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** A card with a number on it, which proves nothing: as small as a second factor of another extension can be. */
public final class CardCredentials implements CredentialProvider<CredentialModel> {

    /** The type of the credential. */
    public static final String TYPE = "test-card";

    /** What users see, as text: this extension has no messages. */
    public static final String NAME = "Number card";

    private final KeycloakSession session;

    CardCredentials(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public String getType() {
        return TYPE;
    }

    @Override
    public CredentialModel createCredential(RealmModel realm, UserModel user, CredentialModel credentialModel) {
        return user.credentialManager().createStoredCredential(credentialModel);
    }

    @Override
    public boolean deleteCredential(RealmModel realm, UserModel user, String credentialId) {
        return user.credentialManager().removeStoredCredentialById(credentialId);
    }

    @Override
    public CredentialModel getCredentialFromModel(CredentialModel model) {
        return model;
    }

    @Override
    public CredentialTypeMetadata getCredentialTypeMetadata(CredentialTypeMetadataContext metadataContext) {
        return CredentialTypeMetadata.builder()
                .type(TYPE)
                .category(CredentialTypeMetadata.Category.TWO_FACTOR)
                .displayName(NAME)
                .helpText("Enter the number of your card.")
                .iconCssClass("fa fa-credit-card")
                .createAction(CardRegistration.ID)
                .removeable(true)
                .build(session);
    }
}
