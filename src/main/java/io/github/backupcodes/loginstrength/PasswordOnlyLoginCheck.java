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
 * Whether a sign-in, or the session that it goes on with, has to rest on more than the password. Where a flow did not ask for
 * the second factor that its user has, as that of a client with a flow of its own, the password alone must not bring codes
 * that pass elsewhere (NIST SP 800-63B-4, 3.1.2).
 */
public final class PasswordOnlyLoginCheck {

    /**
     * Whether no flow asked for anything stronger than the password when the session began: {@code true}, with the ids of what
     * there was all the same, or {@code false}. A session of an earlier version has no ids.
     */
    private static final String NOTE = "backup-codes.nothing-stronger";

    private static final String SEPARATOR = " ";

    private final RequiredActionContext context;
    private final AuthenticationSessionModel signIn;
    private final BrowserFlows flows;

    public PasswordOnlyLoginCheck(RequiredActionContext context) {
        this.context = context;
        this.signIn = context.getAuthenticationSession();
        this.flows = new BrowserFlows(context.getSession(), context.getRealm());
    }

    /** Before anything is set up in the sign-in: takes note of what there was. */
    public void mark() {
        if (!AuthenticatorUtil.isSSOAuthentication(signIn)
                && !signIn.getUserSessionNotes().containsKey(NOTE)) {
            signIn.setUserSessionNote(NOTE, isAskedAnywhere() ? String.valueOf(false) : nothingBut(strong()));
        }
    }

    private static String nothingBut(Set<String> known) {
        return Stream.concat(Stream.of(String.valueOf(true)), known.stream()).collect(Collectors.joining(SEPARATOR));
    }

    /**
     * Whether codes that the user has are asked for, by some flow, though there is no second factor beside them: ours where the
     * flow is set so, Keycloak's recovery codes by Keycloak's own form.
     */
    public boolean areCodesAskedAlone() {
        CodesWithoutSecondFactor alone = new CodesWithoutSecondFactor(context.getSession(), context.getRealm());
        return flows.requestRecoveryCodesOf(context.getUser())
                || (new SignInStrength(context).hasCodes() && flows.all().anyMatch(alone::areRequestedBy));
    }

    /** Whether some flow, of the realm or of a client, asks this user for more than the password. */
    boolean isAskedAnywhere() {
        return flows.requestSecondFactorOf(context.getUser()) || areCodesAskedAlone();
    }

    /**
     * Whether there was nothing stronger when the session began, as when a new user sets everything up. That holds only while
     * whatever there is now was made in it: what another session has set up meanwhile can be asked for.
     *
     * @param found the session that the sign-in goes on with; null for a new one
     */
    boolean isNothingStronger(@Nullable UserSessionModel found) {
        String own = signIn.getUserSessionNotes().get(NOTE);
        String note = own == null && found != null ? found.getNote(NOTE) : own;
        if (note == null) {
            return false;
        }
        List<String> parts = List.of(note.split(SEPARATOR, -1));
        return Boolean.parseBoolean(parts.get(0)) && isAllKnown(new HashSet<>(parts));
    }

    /** Whether all that the user has, and that is worth more than the password, is known or was made here. */
    private boolean isAllKnown(Set<String> known) {
        known.addAll(new CreatedCredentialsNote(context).ids());
        return known.containsAll(strong());
    }

    private Set<String> strong() {
        return new SecondFactorCredentials(context.getSession()).strongOf(context.getUser());
    }
}
