package io.github.backupcodes.loginstrength;

import io.github.backupcodes.flow.SecondFactorCredentials;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Records in the sign-in that the user had no second factor when it began, and that login verification was turned on in it. */
public final class LoginVerificationActivation {

    /** Since when this sign-in knows that the user has no second factor. */
    private static final String OFF_NOTE = "login-verification.off";

    /** The ids of the credentials at that time that are stronger than a password, for example codes. */
    private static final String KNOWN_NOTE = "login-verification.known";

    private static final String ON_NOTE = "login-verification.on";
    private static final String SEPARATOR = " ";

    private final RequiredActionContext context;
    private final AuthenticationSessionModel signIn;

    /** Takes the context of a required action in the sign-in. */
    public LoginVerificationActivation(RequiredActionContext context) {
        this.context = context;
        this.signIn = context.getAuthenticationSession();
    }

    /**
     * Whether login verification was turned on in this sign-in, and only credentials that it created are stronger than a
     * password: then there was nothing stronger to sign in with.
     */
    boolean isOnlyStrength() {
        String known = signIn.getAuthNote(KNOWN_NOTE);
        if (known == null || !isActivated()) {
            return false;
        }
        Set<String> all = new HashSet<>(Set.of(known.split(SEPARATOR, -1)));
        all.addAll(new CreatedCredentialsNote(context).ids());
        return all.containsAll(strongCredentials());
    }

    /** Notes that the user has no second factor. Only the first call in a sign-in counts. */
    public void noteInactive() {
        if (signIn.getAuthNote(OFF_NOTE) == null) {
            signIn.setAuthNote(OFF_NOTE, Instant.now().toString());
            signIn.setAuthNote(KNOWN_NOTE, String.join(SEPARATOR, strongCredentials()));
        }
    }

    /** Notes that the user has set up a second factor in this sign-in. */
    public void noteActivated() {
        signIn.setAuthNote(ON_NOTE, "true");
    }

    /** Whether the user has set up the second factor in this sign-in that turned login verification on. */
    public boolean isActivated() {
        return signIn.getAuthNote(ON_NOTE) != null;
    }

    /** When this sign-in noted that the user had no second factor; empty if it never did. */
    public Optional<Instant> inactiveSince() {
        return Optional.ofNullable(signIn.getAuthNote(OFF_NOTE)).map(Instant::parse);
    }

    private Set<String> strongCredentials() {
        return new SecondFactorCredentials(context.getSession()).strongOf(context.getUser());
    }
}
