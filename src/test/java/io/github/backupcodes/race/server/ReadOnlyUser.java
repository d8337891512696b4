package io.github.backupcodes.race.server;

import java.util.List;
import java.util.Map;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.component.ComponentModel;
import org.keycloak.credential.UserCredentialManager;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.UserModel;
import org.keycloak.storage.adapter.AbstractUserAdapter;

/** A user whom Keycloak can neither change nor copy. */
final class ReadOnlyUser extends AbstractUserAdapter {

    private final String name;

    ReadOnlyUser(KeycloakSession session, RealmModel realm, ComponentModel storage, String name) {
        super(session, realm, storage);
        this.name = name;
    }

    @Override
    public String getUsername() {
        return name;
    }

    @Override
    public String getEmail() {
        // a mail server takes 64 characters before the @
        return name.substring(0, Math.min(name.length(), 64)) + "@example.org";
    }

    @Override
    public boolean isEmailVerified() {
        return true;
    }

    @Override
    public String getFirstName() {
        return "First-" + name;
    }

    @Override
    public String getLastName() {
        return "Last-" + name;
    }

    @Override
    public Map<String, List<String>> getAttributes() {
        MultivaluedHashMap<String, String> attributes = new MultivaluedHashMap<>();
        attributes.add(UserModel.USERNAME, getUsername());
        attributes.add(UserModel.EMAIL, getEmail());
        attributes.add(UserModel.FIRST_NAME, getFirstName());
        attributes.add(UserModel.LAST_NAME, getLastName());
        return attributes;
    }

    @Override
    public SubjectCredentialManager credentialManager() {
        return new UserCredentialManager(session, realm, this);
    }
}
