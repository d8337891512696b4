package io.github.backupcodes.credential;

import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.CodeSetState;
import io.github.backupcodes.credential.model.BackupCodesCredentialModel;
import io.github.backupcodes.credential.model.UnreadableCodeSetException;
import io.github.backupcodes.credential.verify.HashingLimiter;
import io.github.backupcodes.credential.verify.SignInChannel;
import io.github.backupcodes.credential.verify.VerificationResult;
import io.github.backupcodes.flow.CodeRequestCheck;
import io.github.backupcodes.notification.Notification;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.support.CredentialTypes;
import io.github.backupcodes.support.RequiredActions;
import java.time.Instant;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialInputValidator;
import org.keycloak.credential.CredentialMetadata;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialTypeMetadata;
import org.keycloak.credential.CredentialTypeMetadataContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The credential type {@code backup-codes} for Keycloak, its account console and its admin console. */
public final class BackupCodesCredentialProvider
        implements CredentialProvider<BackupCodesCredentialModel>, CredentialInputValidator {

    private final KeycloakSession session;
    private final HashingLimiter hashingLimiter;
    private final CodeActivityReporter reporter;

    BackupCodesCredentialProvider(
            KeycloakSession session, HashingLimiter hashingLimiter, CodeActivityReporter reporter) {
        this.session = session;
        this.hashingLimiter = hashingLimiter;
        this.reporter = reporter;
    }

    /** The provider of a session. */
    public static BackupCodesCredentialProvider of(KeycloakSession session) {
        return (BackupCodesCredentialProvider)
                session.getProvider(CredentialProvider.class, BackupCodesCredentialProviderFactory.ID);
    }

    /** The backup codes of a user. */
    public UserBackupCodes codes(UserModel user) {
        return new UserBackupCodes(session, user, hashingLimiter, reporter);
    }

    @Override
    public String getType() {
        return CredentialTypes.BACKUP_CODES;
    }

    /** Keycloak calls this when it imports a user. */
    @Override
    public CredentialModel createCredential(
            RealmModel realm, UserModel user, BackupCodesCredentialModel credentialModel) {
        boolean replacing = codes(user).hasSet();
        CredentialModel stored = CredentialImport.importCredential(
                user, credentialModel, () -> codes(user).store(credentialModel));
        CredentialImport.report(session, user, stored, new Notification.CodesImported(replacing));
        return stored;
    }

    @Override
    public boolean deleteCredential(RealmModel realm, UserModel user, String credentialId) {
        return user.credentialManager().removeStoredCredentialById(credentialId);
    }

    @Override
    public BackupCodesCredentialModel getCredentialFromModel(CredentialModel model) {
        return BackupCodesCredentialModel.copyOf(model);
    }

    /**
     * "Set up" for a user without codes, "Update" for a user with codes: the account console shows only one of the two.
     * Neither is shown if no flow would request the codes, because the user has no second factor.
     */
    @Override
    public CredentialTypeMetadata getCredentialTypeMetadata(CredentialTypeMetadataContext metadataContext) {
        CredentialTypeMetadata.CredentialTypeMetadataBuilder metadata = CredentialTypeMetadata.builder()
                .type(getType())
                .category(CredentialTypeMetadata.Category.TWO_FACTOR)
                .displayName("backup-codes-display-name")
                .helpText("backup-codes-help-text")
                .iconCssClass("kcAuthenticatorRecoveryAuthnCodesClass");
        UserModel user = metadataContext.getUser();
        metadata.removeable(user == null || new CredentialRemovalCheck(session).isAllowed());
        RealmModel realm = session.getContext().getRealm();
        if (!RequiredActions.hasUsualAlias(realm, BackupCodesPolicy.REQUIRED_ACTION)
                || (user != null && !new CodeRequestCheck(session, realm).isAnyRequestedOf(user))) {
            return metadata.build(session);
        }
        if (user != null && codes(user).hasSet()) {
            metadata.updateAction(BackupCodesPolicy.REQUIRED_ACTION);
        } else if (user == null || codes(user).canExist()) {
            metadata.createAction(BackupCodesPolicy.REQUIRED_ACTION);
        }
        return metadata.build(session);
    }

    @Override
    public CredentialMetadata getCredentialMetadata(
            BackupCodesCredentialModel credential, CredentialTypeMetadata credentialTypeMetadata) {
        CredentialMetadata metadata = new CredentialMetadata();
        // the figures are beside it, in the language of the user
        credential.setUserLabel(credential.typedLabel());
        metadata.setCredentialModel(credential);
        try {
            describe(credential.codeSet(), metadata);
        } catch (UnreadableCodeSetException e) {
            warn("backupCodesUnreadableTitle", "backupCodesUnreadableText", metadata);
        }
        if (isNeverRequested()) {
            // whatever their state, there is no Update that would lead to new ones
            warn("backupCodesNotAskedTitle", "backupCodesNotAskedText", metadata);
        }
        return metadata;
    }

    /** Codes that do not work any more are not counted, unless they are used up. */
    private void describe(CodeSet set, CredentialMetadata metadata) {
        int lowThreshold = BackupCodesPolicy.of(session.getContext().getRealm()).lowThreshold();
        CodeSetState state = CodeSetState.of(set, lowThreshold, Instant.now());
        if (state.isUsable() || state == CodeSetState.USED_UP) {
            metadata.setInfoMessage(
                    "backupCodesRemaining", String.valueOf(set.remaining()), String.valueOf(set.total()));
        }
        switch (state) {
            case GOOD -> {}
            case FEW_LEFT -> warn("backupCodesFewLeftTitle", "backupCodesFewLeftText", metadata);
            case EXPIRES_SOON -> warn("backupCodesExpireSoonTitle", "backupCodesExpireSoonText", metadata);
            case USED_UP -> warn("backupCodesNoneLeftTitle", "backupCodesNoneLeftText", metadata);
            case EXPIRED -> warn("backupCodesExpiredTitle", "backupCodesExpiredText", metadata);
            case TURNED_OFF -> warn("backupCodesDisabledTitle", "backupCodesDisabledText", metadata);
        }
    }

    /** Whether no flow will request the codes of the user whose account console this is. */
    private boolean isNeverRequested() {
        RealmModel realm = session.getContext().getRealm();
        UserModel user = session.getContext().getUser();
        return user != null && !new CodeRequestCheck(session, realm).isAnyRequestedOf(user);
    }

    private static void warn(String title, String text, CredentialMetadata metadata) {
        metadata.setWarningMessageTitle(title);
        metadata.setWarningMessageDescription(text);
    }

    @Override
    public boolean supportsCredentialType(String credentialType) {
        return getType().equals(credentialType);
    }

    @Override
    public boolean isConfiguredFor(RealmModel realm, UserModel user, String credentialType) {
        return supportsCredentialType(credentialType) && codes(user).hasSet();
    }

    /** Verifies a code without pages, and uses it up if it is valid. */
    @Override
    public boolean isValid(RealmModel realm, UserModel user, CredentialInput input) {
        return supportsCredentialType(input.getType())
                && input.getChallengeResponse() != null
                && codes(user)
                                .redeem(
                                        input.getChallengeResponse(),
                                        SignInChannel.DIRECT_GRANT,
                                        session.getContext().getConnection().getRemoteHost(),
                                        BackupCodesPolicy.of(realm).guessLimit())
                        instanceof VerificationResult.Accepted;
    }
}
