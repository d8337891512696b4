package io.github.backupcodes.loginstrength;

import io.github.backupcodes.flow.BrowserFlows;
import io.github.backupcodes.flow.CodesWithoutSecondFactor;
import io.github.backupcodes.flow.SecondFactorCredentials;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Checks whether a sign-in, or its session, must be protected by more than the password. If a flow did not request the
 * second factor that its user has, for example the own flow of a client, the password alone must not yield codes that
 * are accepted elsewhere (NIST SP 800-63B-4, 3.1.2).
 */
public final class PasswordOnlyLoginCheck {

    /**
     * Whether no flow requested anything stronger than the password when the session began: {@code true}, with the ids
     * of the strong credentials that existed anyway, or {@code false}. A session of an earlier version has no ids.
     */
    private static final String NOTE = "backup-codes.nothing-stronger";

    private static final String SEPARATOR = " ";

    private final RequiredActionContext context;
    private final AuthenticationSessionModel signIn;
    private final BrowserFlows flows;

    /** Takes the context of a required action in the sign-in. */
    public PasswordOnlyLoginCheck(RequiredActionContext context) {
        this.context = context;
        this.signIn = context.getAuthenticationSession();
        this.flows = new BrowserFlows(context.getSession(), context.getRealm());
    }

    /** Called before anything is set up in the sign-in: records what exists. */
    public void mark() {
        if (!AuthenticatorUtil.isSSOAuthentication(signIn)
                && !signIn.getUserSessionNotes().containsKey(NOTE)) {
            signIn.setUserSessionNote(
                    NOTE, isAskedAnywhere() ? String.valueOf(false) : passwordOnlyNote(strongCredentials()));
        }
    }

    private static String passwordOnlyNote(Set<String> known) {
        return Stream.concat(Stream.of(String.valueOf(true)), known.stream()).collect(Collectors.joining(SEPARATOR));
    }

    /**
     * Whether some flow requests codes that the user has, although there is no second factor beside them: backup codes
     * if the flow is configured so, Keycloak recovery codes with Keycloak's own form.
     */
    public boolean areCodesAskedAlone() {
        CodesWithoutSecondFactor alone = new CodesWithoutSecondFactor(context.getSession(), context.getRealm());
        return flows.requestRecoveryCodesOf(context.getUser())
                || (new SignInStrength(context).hasCodes() && flows.all().anyMatch(alone::areRequestedBy));
    }

    /** Whether some flow, of the realm or of a client, requests more than the password of this user. */
    boolean isAskedAnywhere() {
        return flows.requestSecondFactorOf(context.getUser()) || areCodesAskedAlone();
    }

    /**
     * Whether nothing stronger existed when the session began, for example when a new user sets everything up. This
     * holds only while all current credentials were created in it: what another session set up meanwhile can be
     * requested.
     *
     * @param session the current session of the sign-in; null for a new one
     */
    boolean isNothingStronger(@Nullable UserSessionModel session) {
        String own = signIn.getUserSessionNotes().get(NOTE);
        String note = own == null && session != null ? session.getNote(NOTE) : own;
        if (note == null) {
            return false;
        }
        List<String> parts = List.of(note.split(SEPARATOR, -1));
        return Boolean.parseBoolean(parts.get(0)) && isAllKnown(new HashSet<>(parts));
    }

    /** Whether all credentials of the user that are stronger than the password are known or were created here. */
    private boolean isAllKnown(Set<String> known) {
        known.addAll(new CreatedCredentialsNote(context).ids());
        return known.containsAll(strongCredentials());
    }

    private Set<String> strongCredentials() {
        return new SecondFactorCredentials(context.getSession()).strongOf(context.getUser());
    }
}
