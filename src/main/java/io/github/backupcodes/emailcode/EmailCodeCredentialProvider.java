package io.github.backupcodes.emailcode;

import io.github.backupcodes.challenge.store.VerificationCodeCredentialModel;
import io.github.backupcodes.policy.EmailCodePolicy;
import io.github.backupcodes.support.CredentialTypes;
import io.github.backupcodes.support.RequiredActions;
import org.keycloak.credential.CredentialMetadata;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialTypeMetadata;
import org.keycloak.credential.CredentialTypeMetadataContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The credential type {@code email-code} for Keycloak, its account console and its admin console. */
public final class EmailCodeCredentialProvider implements CredentialProvider<VerificationCodeCredentialModel> {

    private final KeycloakSession session;
    private final EmailCodeServer server;

    EmailCodeCredentialProvider(KeycloakSession session, EmailCodeServer server) {
        this.session = session;
        this.server = server;
    }

    /** The provider of a session. */
    static EmailCodeCredentialProvider of(KeycloakSession session) {
        return (EmailCodeCredentialProvider)
                session.getProvider(CredentialProvider.class, EmailCodeCredentialProviderFactory.ID);
    }

    UserEmailCode codes(UserModel user) {
        return new UserEmailCode(session, user, server);
    }

    EmailCodeSetup setup(UserModel user) {
        return new EmailCodeSetup(session, user, server);
    }

    @Override
    public String getType() {
        return CredentialTypes.EMAIL_CODE;
    }

    /** Keycloak calls this when it imports a user. */
    @Override
    public CredentialModel createCredential(
            RealmModel realm, UserModel user, VerificationCodeCredentialModel credentialModel) {
        return user.credentialManager().createStoredCredential(credentialModel);
    }

    @Override
    public boolean deleteCredential(RealmModel realm, UserModel user, String credentialId) {
        return user.credentialManager().removeStoredCredentialById(credentialId);
    }

    @Override
    public VerificationCodeCredentialModel getCredentialFromModel(CredentialModel model) {
        return VerificationCodeCredentialModel.copyOf(model);
    }

    /** "Set up" for a user without the factor, "Update" for a user whose factor has to be set up again. */
    @Override
    public CredentialTypeMetadata getCredentialTypeMetadata(CredentialTypeMetadataContext metadataContext) {
        CredentialTypeMetadata.CredentialTypeMetadataBuilder metadata = CredentialTypeMetadata.builder()
                .type(getType())
                .category(CredentialTypeMetadata.Category.TWO_FACTOR)
                .displayName("email-code-display-name")
                .helpText("email-code-help-text")
                .iconCssClass("kcAuthenticatorDefaultClass")
                .removeable(true);
        RealmModel realm = session.getContext().getRealm();
        UserModel user = metadataContext.getUser();
        if (!RequiredActions.hasUsualAlias(realm, EmailCodePolicy.REQUIRED_ACTION)
                || !UserEmailCode.canSend(session, realm)) {
            return metadata.build(session);
        }
        if (user != null && UserEmailCode.isSetUp(user)) {
            metadata.updateAction(EmailCodePolicy.REQUIRED_ACTION);
        } else {
            metadata.createAction(EmailCodePolicy.REQUIRED_ACTION);
        }
        return metadata.build(session);
    }

    @Override
    public CredentialMetadata getCredentialMetadata(
            VerificationCodeCredentialModel credential, CredentialTypeMetadata credentialTypeMetadata) {
        CredentialMetadata metadata = new CredentialMetadata();
        metadata.setCredentialModel(credential);
        UserModel user = session.getContext().getUser();
        EmailCodeProblem problem = user == null ? null : codes(user).problem().orElse(null);
        if (problem != null) {
            switch (problem) {
                case ADDRESS -> warn("emailCodeAddressTitle", "emailCodeAddressText", metadata);
                case DISABLED -> warn("emailCodeDisabledTitle", "emailCodeDisabledText", metadata);
                case CANNOT_SEND -> warn("emailCodeCannotSendTitle", "emailCodeCannotSendText", metadata);
                case PAUSED -> {}
            }
        }
        return metadata;
    }

    private static void warn(String title, String text, CredentialMetadata metadata) {
        metadata.setWarningMessageTitle(title);
        metadata.setWarningMessageDescription(text);
    }
}
