package io.github.backupcodes.loginverification;

import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.credential.BackupCodesCredentialProvider;
import io.github.backupcodes.credential.model.BackupCodesCredentialModel;
import io.github.backupcodes.flow.SecondFactorCredentials;
import io.github.backupcodes.loginstrength.CreatedCredentialsNote;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.support.RequiredActionAssignment;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What follows when a user has set up the first second factor: backup codes. They are then required of the user, in the
 * transaction that saves the factor, so that whoever leaves is asked for them at the next sign-in.
 */
public final class LoginVerificationFollowUp {

    /** Since when this sign-in knows that the user has no second factor. */
    private static final String OFF_NOTE = "login-verification.off";

    /** The ids of what there was then, codes perhaps, that is worth more than a password. */
    private static final String KNOWN_NOTE = "login-verification.known";

    private static final String ON_NOTE = "login-verification.on";
    private static final String SEPARATOR = " ";

    private final RequiredActionContext context;
    private final AuthenticationSessionModel signIn;

    public LoginVerificationFollowUp(RequiredActionContext context) {
        this.context = context;
        this.signIn = context.getAuthenticationSession();
    }

    /**
     * Whether login verification was turned on in this sign-in, and by nothing but what was made in it: then nothing stronger
     * was there to sign in with.
     */
    public boolean isAllOfThisSignIn() {
        String known = signIn.getAuthNote(KNOWN_NOTE);
        if (known == null || signIn.getAuthNote(ON_NOTE) == null) {
            return false;
        }
        Set<String> all = new HashSet<>(Set.of(known.split(SEPARATOR, -1)));
        all.addAll(new CreatedCredentialsNote(context).ids());
        return all.containsAll(strong());
    }

    private Set<String> strong() {
        return new SecondFactorCredentials(context.getSession()).strongOf(context.getUser());
    }

    /** Takes note that the user has no second factor, once. */
    void rememberOff() {
        if (signIn.getAuthNote(OFF_NOTE) == null) {
            signIn.setAuthNote(OFF_NOTE, Instant.now().toString());
            signIn.setAuthNote(KNOWN_NOTE, String.join(SEPARATOR, strong()));
        }
    }

    /** The user has one now. */
    void turnedOn(LoginVerificationStatus verification) {
        signIn.setAuthNote(ON_NOTE, "true");
        if (areCodesOffered(verification) && !hasCodesOfThisSignIn()) {
            codesAction().addToUser();
        }
    }

    /** Whether users of the realm can make codes, and sign in with them. */
    boolean areCodesOffered(LoginVerificationStatus verification) {
        return codesAction().isEnabled() && verification.accepts(BackupCodesCredentialModel.TYPE);
    }

    private RequiredActionAssignment codesAction() {
        return new RequiredActionAssignment(BackupCodesPolicy.REQUIRED_ACTION, context);
    }

    /**
     * Nobody records when a user let go of the last second factor. All that is known is that there was none when this sign-in
     * looked: a set made since is certainly newer than that, and any other may be from the time before. Lists that old lie
     * about forgotten, and are replaced.
     */
    private boolean hasCodesOfThisSignIn() {
        String since = signIn.getAuthNote(OFF_NOTE);
        Optional<CodeSet> set = BackupCodesCredentialProvider.of(context.getSession())
                .codes(context.getUser())
                .show();
        return since != null
                && set.filter(shown -> !shown.createdAt().isBefore(Instant.parse(since)))
                        .isPresent();
    }
}
