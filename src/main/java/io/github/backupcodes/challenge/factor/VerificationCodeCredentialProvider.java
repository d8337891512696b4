package io.github.backupcodes.challenge.factor;

import io.github.backupcodes.challenge.store.VerificationCodeCredentialModel;
import io.github.backupcodes.support.RequiredActions;
import io.github.backupcodes.support.SendingQueue;
import java.util.Optional;
import org.keycloak.credential.CredentialMetadata;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialTypeMetadata;
import org.keycloak.credential.CredentialTypeMetadataContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** A credential type whose codes are sent, for Keycloak, its account console and its admin console. */
public final class VerificationCodeCredentialProvider implements CredentialProvider<VerificationCodeCredentialModel> {

    private final KeycloakSession session;
    private final VerificationCodeServer server;
    private final VerificationCodeFactor factor;

    VerificationCodeCredentialProvider(KeycloakSession session, VerificationCodeServer server) {
        this.session = session;
        this.server = server;
        this.factor = server.factor();
    }

    /**
     * The provider of a session.
     *
     * @throws IllegalArgumentException if there is none for the type
     */
    static VerificationCodeCredentialProvider of(KeycloakSession session, String type) {
        return find(session, type)
                .orElseThrow(() -> new IllegalArgumentException("Codes of " + type + " are not sent"));
    }

    /** The provider of a session; empty if codes of the type are not sent, or an administrator has disabled the provider. */
    static Optional<VerificationCodeCredentialProvider> find(KeycloakSession session, String type) {
        return Optional.ofNullable(session.getProvider(CredentialProvider.class, type))
                .filter(VerificationCodeCredentialProvider.class::isInstance)
                .map(VerificationCodeCredentialProvider.class::cast);
    }

    VerificationCodeFactor factor() {
        return factor;
    }

    UserVerificationCode codes(UserModel user) {
        return new UserVerificationCode(session, user, server);
    }

    VerificationCodeSetup setup(UserModel user) {
        return new VerificationCodeSetup(session, user, server);
    }

    /** Adds a message to the queue of this server, once the request has succeeded. */
    void enqueue(SendingQueue.Task task) {
        server.enqueue(session, task);
    }

    @Override
    public String getType() {
        return factor.type();
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
                .displayName(factor.type() + "-display-name")
                .helpText(factor.type() + "-help-text")
                .iconCssClass(factor.icon())
                .removeable(true);
        RealmModel realm = session.getContext().getRealm();
        UserModel user = metadataContext.getUser();
        if (!RequiredActions.hasUsualAlias(realm, factor.requiredAction()) || !server.canSend(session, realm)) {
            return metadata.build(session);
        }
        if (user != null && UserVerificationCode.isSetUp(user, factor.type())) {
            metadata.updateAction(factor.requiredAction());
        } else {
            metadata.createAction(factor.requiredAction());
        }
        return metadata.build(session);
    }

    @Override
    public CredentialMetadata getCredentialMetadata(
            VerificationCodeCredentialModel credential, CredentialTypeMetadata credentialTypeMetadata) {
        CredentialMetadata metadata = new CredentialMetadata();
        metadata.setCredentialModel(credential);
        UserModel user = session.getContext().getUser();
        VerificationCodeProblem problem =
                user == null ? null : codes(user).problem().orElse(null);
        if (problem != null) {
            switch (problem) {
                case NOT_CONFIRMED -> warn(factor.field() + "NotConfirmed", metadata);
                case DISABLED -> warn(factor.field() + "Disabled", metadata);
                case CANNOT_SEND -> warn("emailCodeCannotSend", metadata);
                case PAUSED -> {}
            }
        }
        return metadata;
    }

    private static void warn(String text, CredentialMetadata metadata) {
        metadata.setWarningMessageTitle(text + "Title");
        metadata.setWarningMessageDescription(text + "Text");
    }
}
