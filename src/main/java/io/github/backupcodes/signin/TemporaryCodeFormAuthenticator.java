package io.github.backupcodes.signin;

import io.github.backupcodes.credential.AuxiliaryCredentialProviderFactory;
import io.github.backupcodes.support.CredentialTypes;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.authentication.CredentialValidator;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * The form for users with a temporary code and no other code. Keycloak's {@code AuthenticationSelectionOption} takes the name on the list
 * of ways from the credential type of a {@code CredentialValidator}, and from the id of any other authenticator. To be one is the only
 * way to have a name that depends on the user.
 *
 * <p>Keycloak sorts validators in the order of the user's credentials. So this form is used only if the temporary code is the last of
 * these, see {@link #keepsOrder}; otherwise the form would come before the real second factor.
 */
class TemporaryCodeFormAuthenticator extends BackupCodeFormAuthenticator
        implements CredentialValidator<CredentialProvider<CredentialModel>> {

    /** Whether this form does not come before another credential of the user. Passwords are no second factor. */
    static boolean keepsOrder(UserModel user) {
        List<String> types = types(user)
                .filter(type -> !PasswordCredentialModel.TYPE.equals(type))
                .toList();
        return !types.isEmpty() && types.get(types.size() - 1).equals(CredentialTypes.TEMPORARY_CODE);
    }

    /** The types of the user's credentials, in the order in which Keycloak sorts validators. */
    @SuppressWarnings("deprecation") // Keycloak sorts by it
    static Stream<String> types(UserModel user) {
        return Stream.concat(
                        user.credentialManager().getStoredCredentialsStream().map(CredentialModel::getType),
                        user.credentialManager().getConfiguredUserStorageCredentialTypesStream())
                .distinct();
    }

    @Override
    @SuppressWarnings("unchecked") // the provider of this id
    public CredentialProvider<CredentialModel> getCredentialProvider(KeycloakSession session) {
        return session.getProvider(CredentialProvider.class, AuxiliaryCredentialProviderFactory.ID);
    }

    @Override
    public String getType(KeycloakSession session) {
        return CredentialTypes.TEMPORARY_CODE;
    }
}
