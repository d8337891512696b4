package io.github.backupcodes.notme;

import io.github.backupcodes.support.RequiredActions;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.LDAPConstants;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.storage.ReadOnlyException;
import org.keycloak.storage.StorageId;

/**
 * Requires a user to choose a new password at the next sign-in, if that is possible: users without a password, or with
 * one that Keycloak cannot change, could not get past that page.
 */
record RequiredPasswordChange(RealmModel realm, UserModel user) {

    private static final String ACTION = UserModel.RequiredAction.UPDATE_PASSWORD.name();
    private static final String READ_ONLY = "READ_ONLY";

    /** Returns whether the next sign-in requires it. */
    boolean require() {
        if (!isPossible()) {
            return false;
        }
        try {
            user.addRequiredAction(ACTION);
            return true;
        } catch (ReadOnlyException e) {
            return false;
        }
    }

    private boolean isPossible() {
        return RequiredActions.hasUsualAlias(realm, ACTION)
                && user.credentialManager().isConfiguredFor(PasswordCredentialModel.TYPE)
                && !isReadOnly();
    }

    /** Whether the password is in a read-only LDAP or Kerberos storage. */
    private boolean isReadOnly() {
        String storage =
                user.getFederationLink() != null ? user.getFederationLink() : StorageId.providerId(user.getId());
        ComponentModel component = storage == null ? null : realm.getComponent(storage);
        return component != null && READ_ONLY.equals(component.get(LDAPConstants.EDIT_MODE));
    }
}
