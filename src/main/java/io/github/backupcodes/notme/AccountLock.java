package io.github.backupcodes.notme;

import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.UserModel;
import org.keycloak.storage.ReadOnlyException;

/** The account of a user, closed until an administrator enables it again. */
record AccountLock(UserModel user, EventBuilder event) {

    private static final String DETAIL = "backup_codes_account";
    private static final String DISABLED = "disabled";

    /** Returns whether it is: the storage of the user may allow no change. */
    boolean close() {
        try {
            user.setEnabled(false);
        } catch (ReadOnlyException e) {
            return false;
        }
        event.clone()
                .event(EventType.EXECUTE_ACTION_TOKEN)
                .detail(DETAIL, DISABLED)
                .success();
        return true;
    }
}
