package io.github.backupcodes.enrollment;

import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.flow.CodeRequestCheck;
import io.github.backupcodes.flow.SecondFactorOption;
import io.github.backupcodes.flow.SecondFactorOptions;
import io.github.backupcodes.loginverification.LoginVerificationOffer;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.support.RequiredActionAssignment;
import io.github.backupcodes.support.RequiredActions;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.Constants;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Checks whether any flow would request the codes that a user is about to generate. If none does, because the user has no
 * second factor, the codes must wait: users would keep a list that is of no use. They are led to login verification first,
 * if the realm offers it.
 */
final class SecondFactorPrecondition {

    private final RequiredActionContext context;
    private final AuthenticationSessionModel signIn;
    private final RequiredActionAssignment action;

    SecondFactorPrecondition(RequiredActionContext context) {
        this.context = context;
        this.signIn = context.getAuthenticationSession();
        this.action = new RequiredActionAssignment(BackupCodesPolicy.REQUIRED_ACTION, context);
    }

    /** Whether a flow will request the codes, see {@link CodeRequestCheck}. */
    boolean isMet() {
        return new CodeRequestCheck(context.getSession(), context.getRealm()).isAnyRequestedOf(context.getUser());
    }

    /**
     * Called before every step of the sign-in: leads to login verification, which requires the codes afterwards. An application that
     * asked for codes is told the result of login verification, which includes them. Costs nothing without a pending action.
     */
    void leadToSecondFactor() {
        if (!(isOfApplication() || action.isOfUser() || action.isOfSignIn())
                || isMet()
                || willSetUpSecondFactor()
                || !UserBackupCodes.of(context.getSession(), context.getUser()).canExist()) {
            return;
        }
        LoginVerificationOffer offer = new LoginVerificationOffer(context);
        if (!offer.isPossible()) {
            return;
        }
        if (!isOfApplication()) {
            offer.start();
        } else if (offer.isRecentEnough()) {
            offer.startForApplication();
        }
    }

    /**
     * If the precondition is not met: whether an application asks for codes in a session that is recent enough for codes, but not for
     * the login verification that has to come before them.
     */
    boolean needsNewerSignIn() {
        LoginVerificationOffer offer = new LoginVerificationOffer(context);
        return isOfApplication() && !willSetUpSecondFactor() && offer.isPossible() && !offer.isRecentEnough();
    }

    private boolean isOfApplication() {
        return BackupCodesPolicy.REQUIRED_ACTION.equals(signIn.getClientNote(Constants.KC_ACTION));
    }

    /** Whether another required action will set up a second factor. */
    private boolean willSetUpSecondFactor() {
        Set<String> actions = Stream.concat(
                        context.getUser().getRequiredActionsStream(), signIn.getRequiredActions().stream())
                .collect(Collectors.toSet());
        return new SecondFactorOptions(context.getSession(), context.getUser())
                .all().stream()
                        .map(SecondFactorOption::action)
                        .flatMap(option -> RequiredActions.alias(context.getRealm(), option).stream())
                        .anyMatch(actions::contains);
    }
}
