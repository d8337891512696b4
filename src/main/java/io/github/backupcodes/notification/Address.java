package io.github.backupcodes.notification;

import io.github.backupcodes.policy.BackupCodesPolicy;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Where mail to a user goes: only to an address that is known to be the user's own. */
record Address(RealmModel realm, UserModel user) {

    /** Whether the realm sends such mail, has a mail server, and the user a verified address. */
    boolean isReachable() {
        String email = user.getEmail();
        return email != null
                && !email.isBlank()
                && user.isEmailVerified()
                && user.isEnabled()
                && realm.getSmtpConfig().get("host") != null
                && BackupCodesPolicy.of(realm).notifiesByEmail();
    }
}
