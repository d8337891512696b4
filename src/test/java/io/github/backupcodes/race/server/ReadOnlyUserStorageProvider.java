package io.github.backupcodes.race.server;

import org.jspecify.annotations.Nullable;
import org.keycloak.component.ComponentModel;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialInputValidator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.UserStorageProvider;
import org.keycloak.storage.user.UserLookupProvider;

/** A storage in which everybody exists whose name starts with {@link #PREFIX}, all with one password. Nothing is imported. */
public final class ReadOnlyUserStorageProvider
        implements UserStorageProvider, UserLookupProvider, CredentialInputValidator {

    /** What the names start with. */
    public static final String PREFIX = "read-only-";

    /** Everybody's password. */
    public static final String PASSWORD = "correct horse battery staple";

    private final KeycloakSession session;
    private final ComponentModel storage;

    ReadOnlyUserStorageProvider(KeycloakSession session, ComponentModel storage) {
        this.session = session;
        this.storage = storage;
    }

    @Override
    public @Nullable UserModel getUserById(RealmModel realm, String id) {
        return getUserByUsername(realm, StorageId.externalId(id));
    }

    @Override
    public @Nullable UserModel getUserByUsername(RealmModel realm, String username) {
        return username.startsWith(PREFIX) ? new ReadOnlyUser(session, realm, storage, username) : null;
    }

    @Override
    public @Nullable UserModel getUserByEmail(RealmModel realm, String email) {
        return null;
    }

    @Override
    public boolean supportsCredentialType(String credentialType) {
        return PasswordCredentialModel.TYPE.equals(credentialType);
    }

    @Override
    public boolean isConfiguredFor(RealmModel realm, UserModel user, String credentialType) {
        return supportsCredentialType(credentialType);
    }

    @Override
    public boolean isValid(RealmModel realm, UserModel user, CredentialInput credentialInput) {
        return supportsCredentialType(credentialInput.getType())
                && PASSWORD.equals(credentialInput.getChallengeResponse());
    }

    @Override
    public void close() {}
}
