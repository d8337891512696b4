package io.github.backupcodes.notification;

import org.keycloak.authentication.actiontoken.DefaultActionToken;
import org.keycloak.models.UserModel;

/** Behind the link with which a user says: it was not me. Public, with a constructor for Jackson, which reads it. */
public final class NotMeToken extends DefaultActionToken {

    /** The type of the token, by which Keycloak finds its handler. */
    public static final String TYPE = "backup-codes-not-me";

    private static final long serialVersionUID = 1L;

    /** For Jackson. */
    public NotMeToken() {}

    /** A token for a user and the address that the mail goes to; the end is in seconds since 1970. */
    NotMeToken(UserModel user, int expiresAt) {
        super(user.getId(), TYPE, expiresAt, null);
        setEmail(user.getEmail());
    }
}
