package io.github.backupcodes.flow;

import io.github.backupcodes.code.FactorRank;
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
 * Finds the second factors that a user has: credentials whose type declares itself a second factor, Keycloak's own or
 * another extension's. Backup codes and recovery codes, which replace a lost second factor, do not count.
 */
public final class SecondFactorCredentials {

    /** Types whose metadata need not be read. */
    private static final Set<String> NOT_A_SECOND_FACTOR = Set.of(
            PasswordCredentialModel.TYPE,
            PasswordCredentialModel.PASSWORD_HISTORY,
            RecoveryAuthnCodesCredentialModel.TYPE,
            CredentialTypes.BACKUP_CODES,
            CredentialTypes.TEMPORARY_CODE,
            CredentialTypes.NEW_FACTORS,
            CredentialTypes.LOGIN_VERIFICATION);

    private final KeycloakSession session;

    /** Takes the session of the realm. */
    public SecondFactorCredentials(KeycloakSession session) {
        this.session = session;
    }

    /** The types that the server has, whether a realm uses them or not. */
    public Set<String> types() {
        CredentialTypeMetadataContext contextWithoutUser =
                CredentialTypeMetadataContext.builder().build(session);
        return AuthenticatorUtil.getCredentialProviders(session)
                .filter(provider -> !NOT_A_SECOND_FACTOR.contains(provider.getType()))
                .filter(provider -> isSecondFactor(provider, contextWithoutUser))
                .map(provider -> provider.getType())
                .collect(Collectors.toSet());
    }

    /**
     * The types that protect a user, and that can be lost: second factors, and passkeys, which no flow requests after
     * the password.
     */
    public Set<String> protectingTypes() {
        return Stream.concat(types().stream(), Stream.of(WebAuthnCredentialModel.TYPE_PASSWORDLESS))
                .collect(Collectors.toSet());
    }

    /** The types that are stronger than a password: those that protect a user, and codes. */
    public Set<String> strongTypes() {
        return Stream.concat(
                        protectingTypes().stream(),
                        Stream.of(CredentialTypes.BACKUP_CODES, RecoveryAuthnCodesCredentialModel.TYPE))
                .collect(Collectors.toSet());
    }

    /**
     * A user's credentials that are stronger than a password: the {@linkplain #key keys} of credentials, and the types
     * of those in a user storage provider.
     */
    @SuppressWarnings("deprecation") // the only way to find an OTP in a user storage provider
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

    /**
     * A user's credentials of the types that protect a user. Of those in a user storage provider only the type is known.
     *
     * @return the credentials, with type, label and time of creation; labels and times may be null
     */
    @SuppressWarnings("deprecation") // the only way to find an OTP in a user storage provider
    public List<CredentialModel> protecting(UserModel user) {
        SubjectCredentialManager credentials = user.credentialManager();
        Set<String> protecting = protectingTypes();
        return Stream.concat(
                        credentials.getStoredCredentialsStream(),
                        credentials
                                .getConfiguredUserStorageCredentialTypesStream()
                                .map(type -> {
                                    CredentialModel elsewhere = new CredentialModel();
                                    elsewhere.setType(type);
                                    return elsewhere;
                                }))
                .filter(credential -> protecting.contains(credential.getType()))
                .toList();
    }

    /**
     * The rank of the best second factor that a user has. Passkeys do not count: no flow requests them after the password.
     *
     * @param counts which of the user's factors count; those in a user storage provider have no id
     */
    public FactorRank rankOf(UserModel user, Predicate<CredentialModel> counts) {
        FactorRanks ranks = FactorRanks.of(session.getContext().getRealm());
        return FactorRank.highest(protecting(user).stream()
                .filter(factor -> !WebAuthnCredentialModel.TYPE_PASSWORDLESS.equals(factor.getType()))
                .filter(counts)
                .map(factor -> ranks.of(factor.getType())));
    }

    /** The metadata of the types that the server has, as they are shown to a user. */
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

    /** Whether the user has a second factor of any type. */
    @SuppressWarnings("rawtypes") // as Keycloak returns them
    public boolean has(UserModel user) {
        Set<String> usualTypes = AuthenticatorUtil.getCredentialProviders(session)
                .map(CredentialProvider::getType)
                .collect(Collectors.toSet());
        return has(user, usualTypes, type -> true);
    }

    /** Whether the user has a passkey, which protects the account, but is not requested after the password. */
    public static boolean hasPasskey(UserModel user) {
        return hasStored(user, WebAuthnCredentialModel.TYPE_PASSWORDLESS);
    }

    /** Whether the user has Keycloak recovery codes, whether they are accepted instead of backup codes or not. */
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
     * Distinguishes a credential from the user's others: its id. A new backup code set replaces the previous set in its
     * row, so the id alone does not distinguish them; the time at which the set was created does.
     */
    public static String key(CredentialModel credential) {
        return CredentialTypes.BACKUP_CODES.equals(credential.getType())
                ? credential.getType() + "@" + credential.getCreatedDate()
                : credential.getId();
    }

    /** Whether the user has a second factor of one of these types. Answered from the user cache. */
    public boolean has(UserModel user, Set<String> types) {
        return has(user, types, types::contains);
    }

    /**
     * Tries the usual types first, those that providers and executions are named after. Code authenticators call this
     * several times after a code was used, and need no query then: Keycloak caches the credentials by type, but queries
     * the database for the list of all.
     */
    private boolean has(UserModel user, Set<String> usualTypes, Predicate<String> counts) {
        SubjectCredentialManager credentials = user.credentialManager();
        for (String type : usualTypes) {
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

    @SuppressWarnings("deprecation") // the only way to find an OTP in a user storage provider
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

    /** Providers of other extensions may have no metadata. */
    private static boolean isSecondFactor(CredentialProvider<?> provider, CredentialTypeMetadataContext context) {
        CredentialTypeMetadata metadata = provider.getCredentialTypeMetadata(context);
        return metadata != null && metadata.getCategory() == CredentialTypeMetadata.Category.TWO_FACTOR;
    }
}
