package io.github.backupcodes.flow;

import io.github.backupcodes.support.CredentialTypes;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialTypeMetadata;
import org.keycloak.credential.CredentialTypeMetadataContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/**
 * The second factors that a user really has: credentials whose type says of itself that it is a second factor, Keycloak's
 * own or another extension's. Codes kept for the day when the second factor is lost are none.
 */
public final class SecondFactorCredentials {

    /** Types that need no look at their metadata. */
    private static final Set<String> NOT_A_SECOND_FACTOR = Set.of(
            PasswordCredentialModel.TYPE,
            PasswordCredentialModel.PASSWORD_HISTORY,
            RecoveryAuthnCodesCredentialModel.TYPE,
            CredentialTypes.BACKUP_CODES,
            CredentialTypes.TEMPORARY_CODE,
            CredentialTypes.LOGIN_VERIFICATION);

    private final KeycloakSession session;

    /** Takes the session whose realm is meant. */
    public SecondFactorCredentials(KeycloakSession session) {
        this.session = session;
    }

    /** The types that the server has, whether a realm uses them or not. */
    public Set<String> types() {
        CredentialTypeMetadataContext nobody =
                CredentialTypeMetadataContext.builder().build(session);
        return AuthenticatorUtil.getCredentialProviders(session)
                .filter(provider -> !NOT_A_SECOND_FACTOR.contains(provider.getType()))
                .filter(provider -> isSecondFactor(provider, nobody))
                .map(provider -> provider.getType())
                .collect(Collectors.toSet());
    }

    /**
     * The types that protect a user, and that can be lost: second factors, and passkeys, which no flow asks for behind the
     * password.
     */
    public Set<String> protectingTypes() {
        return Stream.concat(types().stream(), Stream.of(WebAuthnCredentialModel.TYPE_PASSWORDLESS))
                .collect(Collectors.toSet());
    }

    /** The types that are worth more than a password: those that protect a user, and codes. */
    public Set<String> strongTypes() {
        return Stream.concat(
                        protectingTypes().stream(),
                        Stream.of(CredentialTypes.BACKUP_CODES, RecoveryAuthnCodesCredentialModel.TYPE))
                .collect(Collectors.toSet());
    }

    /**
     * What a user has that is worth more than a password: the {@linkplain #key keys} of credentials, and the types of those that a
     * user storage provider keeps.
     */
    @SuppressWarnings("deprecation") // the only way to learn of an OTP that a user storage provider keeps
    public Set<String> strongOf(UserModel user) {
        SubjectCredentialManager credentials = user.credentialManager();
        Set<String> strong = strongTypes();
        return Stream.concat(
                        credentials
                                .getStoredCredentialsStream()
                                .filter(credential -> strong.contains(credential.getType()))
                                .map(SecondFactorCredentials::key),
                        credentials
                                .getConfiguredUserStorageCredentialTypesStream()
                                .filter(strong::contains))
                .collect(Collectors.toSet());
    }

    /** The types that the server has, as they describe themselves to a user. */
    public List<CredentialTypeMetadata> described(UserModel user) {
        CredentialTypeMetadataContext context =
                CredentialTypeMetadataContext.builder().user(user).build(session);
        return AuthenticatorUtil.getCredentialProviders(session)
                .filter(provider -> !NOT_A_SECOND_FACTOR.contains(provider.getType()))
                .map(provider -> provider.getCredentialTypeMetadata(context))
                .filter(Objects::nonNull)
                .filter(metadata -> metadata.getCategory() == CredentialTypeMetadata.Category.TWO_FACTOR)
                .toList();
    }

    /** Whether the user has at least one of any type. */
    @SuppressWarnings("rawtypes") // as Keycloak hands them out
    public boolean has(UserModel user) {
        Set<String> usual = AuthenticatorUtil.getCredentialProviders(session)
                .map(CredentialProvider::getType)
                .collect(Collectors.toSet());
        return has(user, usual, type -> true);
    }

    /** Whether the user has a passkey: protection, but nothing that is asked for behind the password. */
    public static boolean hasPasskey(UserModel user) {
        return hasStored(user, WebAuthnCredentialModel.TYPE_PASSWORDLESS);
    }

    /** Whether the user has recovery codes of Keycloak's, accepted in place of ours or not. */
    public static boolean hasRecoveryCodes(UserModel user) {
        return hasStored(user, RecoveryAuthnCodesCredentialModel.TYPE);
    }

    private static boolean hasStored(UserModel user, String type) {
        return user.credentialManager()
                .getStoredCredentialsByTypeStream(type)
                .findAny()
                .isPresent();
    }

    /**
     * What tells a credential from others of the user: its id. A set of codes takes the place of the one before in its row, so
     * that the id does not tell them apart; the moment does in which the set was made.
     */
    public static String key(CredentialModel credential) {
        return CredentialTypes.BACKUP_CODES.equals(credential.getType())
                ? credential.getType() + "@" + credential.getCreatedDate()
                : credential.getId();
    }

    /** Whether the user has at least one of some types. Answered from the user cache. */
    public boolean has(UserModel user, Set<String> types) {
        return has(user, types, types::contains);
    }

    /**
     * The usual types first, those that providers and executions are named after. A code step that has used its code asks
     * several times, and is answered without the database: Keycloak has the credentials of one type at hand then, but queries
     * for the list of all.
     */
    private boolean has(UserModel user, Set<String> usual, Predicate<String> counts) {
        SubjectCredentialManager credentials = user.credentialManager();
        for (String type : usual) {
            if (!NOT_A_SECOND_FACTOR.contains(type)
                    && credentials
                            .getStoredCredentialsByTypeStream(type)
                            .findAny()
                            .isPresent()
                    && isSecondFactor(type, user)) {
                return true;
            }
        }
        return typesOf(user)
                .distinct()
                .filter(type -> !NOT_A_SECOND_FACTOR.contains(type) && counts.test(type))
                .anyMatch(type -> isSecondFactor(type, user));
    }

    @SuppressWarnings("deprecation") // the only way to learn of an OTP that a user storage provider keeps
    private static Stream<String> typesOf(UserModel user) {
        SubjectCredentialManager credentials = user.credentialManager();
        return Stream.concat(
                credentials.getStoredCredentialsStream().map(CredentialModel::getType),
                credentials.getConfiguredUserStorageCredentialTypesStream());
    }

    private boolean isSecondFactor(String type, UserModel user) {
        CredentialTypeMetadataContext context =
                CredentialTypeMetadataContext.builder().user(user).build(session);
        return AuthenticatorUtil.getCredentialProviders(session)
                .filter(provider -> provider.supportsCredentialType(type))
                .anyMatch(provider -> isSecondFactor(provider, context));
    }

    /** Some extension's provider may have no metadata. */
    private static boolean isSecondFactor(CredentialProvider<?> provider, CredentialTypeMetadataContext context) {
        CredentialTypeMetadata metadata = provider.getCredentialTypeMetadata(context);
        return metadata != null && metadata.getCategory() == CredentialTypeMetadata.Category.TWO_FACTOR;
    }
}
