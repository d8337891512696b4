package io.github.backupcodes.loginstrength;

import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.DefaultActionTokenKey;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Marks sign-ins that began with a link in a mail, to set a new password or to do what an administrator requested.
 * Keycloak requests no second factor there unless the flow does. The session of such a sign-in is marked until its user
 * signs in again.
 */
public final class ActionTokenLogin {

    private static final String NOTE = "backup-codes.by-link";

    private final RequiredActionContext context;
    private final AuthenticationSessionModel signIn;

    /** Takes the context of a required action in the sign-in. */
    public ActionTokenLogin(RequiredActionContext context) {
        this.context = context;
        this.signIn = context.getAuthenticationSession();
    }

    /** Marks the session that the sign-in creates. */
    public void mark() {
        if (!AuthenticatorUtil.isSSOAuthentication(signIn)) {
            signIn.setUserSessionNote(NOTE, String.valueOf(isLinkOnly()));
        }
    }

    /** Whether the link alone was sufficient. */
    boolean isLinkOnly() {
        return signIn.getAuthNote(DefaultActionTokenKey.ACTION_TOKEN_USER_ID) != null
                && !new StrongCredentialUse(context).isThere();
    }

    /** Whether a session began with such a link only. */
    static boolean began(@Nullable UserSessionModel session) {
        return session != null && Boolean.parseBoolean(session.getNote(NOTE));
    }
}
