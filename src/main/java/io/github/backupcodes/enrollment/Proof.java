package io.github.backupcodes.enrollment;

import io.github.backupcodes.credential.AskedAlone;
import io.github.backupcodes.signin.BrowserFlows;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What a sign-in, or the session that it goes on with, rests on besides the password. Where a flow did not ask for the second
 * factor that its user has, as that of a client with a flow of its own, the password alone must not bring codes that pass
 * elsewhere (NIST SP 800-63B-4, 3.1.2).
 */
final class Proof {

    /** Whether the user had anything stronger than the password when the session began. */
    private static final String NOTE = "backup-codes.nothing-stronger";

    private final RequiredActionContext context;
    private final AuthenticationSessionModel signIn;
    private final BrowserFlows flows;

    Proof(RequiredActionContext context) {
        this.context = context;
        this.signIn = context.getAuthenticationSession();
        this.flows = new BrowserFlows(context.getSession(), context.getRealm());
    }

    /** Before anything is set up in the sign-in: takes note of what there was. */
    void mark() {
        if (!AuthenticatorUtil.isSSOAuthentication(signIn)
                && !signIn.getUserSessionNotes().containsKey(NOTE)) {
            signIn.setUserSessionNote(NOTE, String.valueOf(!isAskedAnywhere()));
        }
    }

    /**
     * Whether it suffices: a second factor, a passkey or a code was used; or there was none when the session began, as when a
     * new user sets everything up; or no flow asks for what the user has.
     *
     * @param found the session that the sign-in goes on with; null for a new one
     */
    boolean suffices(@Nullable UserSessionModel found) {
        return !isAskedAnywhere() || hadNothingStronger(found) || new Evidence(context).isThere(found);
    }

    /** Whether codes that the user has are asked for, by some flow, though there is no second factor beside them. */
    boolean areCodesAskedAlone() {
        AskedAlone alone = new AskedAlone(context.getSession(), context.getRealm());
        return new SignInStrength(context).hasCode() && flows.all().anyMatch(alone::by);
    }

    /** Whether some flow, of the realm or of a client, asks this user for more than the password. */
    private boolean isAskedAnywhere() {
        return flows.askForFactorOf(context.getUser()) || areCodesAskedAlone();
    }

    private boolean hadNothingStronger(@Nullable UserSessionModel found) {
        return Stream.concat(
                        Stream.ofNullable(signIn.getUserSessionNotes().get(NOTE)),
                        Stream.ofNullable(found == null ? null : found.getNote(NOTE)))
                .anyMatch(Boolean::parseBoolean);
    }
}
