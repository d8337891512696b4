package io.github.backupcodes.loginstrength;

import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.flow.BackupCodeLoa;
import io.github.backupcodes.flow.SecondFactorCredentials;
import io.github.backupcodes.policy.BackupCodesPolicy;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.authenticators.util.AcrStore;
import org.keycloak.authentication.authenticators.util.LoAUtil;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.AuthenticationFlowResolver;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Whether a sign-in is good enough to be given codes. Keycloak asks for level and age only when an application starts the
 * action ({@code kc_action}); the same has to hold for an action that waits at the user, or the password alone would bring
 * codes for the second factor (NIST SP 800-63B-4, 3.1.2: AAL2; OWASP ASVS 5.0, 7.5.1).
 */
public final class SignInStrength {

    private final RequiredActionContext context;
    private final KeycloakSession session;
    private final AuthenticationSessionModel signIn;

    public SignInStrength(RequiredActionContext context) {
        this.context = context;
        this.session = context.getSession();
        this.signIn = context.getAuthenticationSession();
    }

    /**
     * Whether it suffices to be shown new codes. Whoever has neither a second factor nor a usable code has nothing yet that a
     * stronger sign-in could use; nor had whoever has turned login verification on in this sign-in.
     */
    public boolean suffices() {
        return suffices(LoginAgeCheck.Purpose.SHOW);
    }

    /** Whether it suffices to save codes that it was good enough to be shown: it may have become older since. */
    public boolean sufficesToSave() {
        return suffices(LoginAgeCheck.Purpose.SAVE);
    }

    private boolean suffices(LoginAgeCheck.Purpose purpose) {
        return !hasSecondFactorOrCode()
                || new LoginVerificationActivation(context).isOnlyStrength()
                || (level() >= levelOfCodes()
                        && !new ActionTokenLogin(context).isAlone()
                        && (AuthenticatorUtil.isSSOAuthentication(signIn)
                                ? isSessionGoodEnough(purpose)
                                : isSignInGoodEnough(purpose)));
    }

    /** What somebody has set up in this sign-in is no other person's, however long that took. */
    private boolean isSignInGoodEnough(LoginAgeCheck.Purpose purpose) {
        PasswordOnlyLoginCheck passwordOnly = new PasswordOnlyLoginCheck(context);
        return passwordOnly.isNothingStronger(null)
                || (age().allowsSignIn(new LoginStart(context).startedAt(), Instant.now(), purpose)
                        && (new StrongCredentialUse(context).isThere() || !passwordOnly.isAskedAnywhere()));
    }

    /**
     * A session that was found by its cookie must not have begun by a mere link, nor be older than the action allows; and
     * the moment counts in which it last rested on more than the password.
     */
    private boolean isSessionGoodEnough(LoginAgeCheck.Purpose purpose) {
        UserSessionModel found = ssoSession();
        String time = found == null ? null : found.getNote(AuthenticationManager.AUTH_TIME);
        if (found == null || time == null || ActionTokenLogin.began(found)) {
            return false;
        }
        Instant now = Instant.now();
        PasswordOnlyLoginCheck passwordOnly = new PasswordOnlyLoginCheck(context);
        return age().allowsSession(Instant.ofEpochSecond(Long.parseLong(time)), now, purpose)
                && (new StrongCredentialUse(context)
                                .lastIn(found)
                                .filter(strong -> age().allowsSession(strong, now, purpose))
                                .isPresent()
                        || passwordOnly.isNothingStronger(found)
                        || !passwordOnly.isAskedAnywhere());
    }

    private LoginAgeCheck age() {
        return new LoginAgeCheck(
                Duration.ofSeconds(BackupCodesPolicy.of(context.getRealm()).maxAuthAgeSeconds()));
    }

    private boolean hasSecondFactorOrCode() {
        UserModel user = context.getUser();
        return new SecondFactorCredentials(session).has(user)
                || SecondFactorCredentials.hasPasskey(user)
                || SecondFactorCredentials.hasRecoveryCodes(user)
                || hasCodes();
    }

    /**
     * Whether the user has generated codes, or Keycloak's recovery codes that are accepted instead, working or not: a flow that rests on
     * them requests them even if they are used up, expired or disabled, and the password alone must not replace them.
     */
    boolean hasCodes() {
        return UserBackupCodes.of(session, context.getUser()).haveBeenGenerated();
    }

    private int levelOfCodes() {
        return new BackupCodeLoa(session, context.getRealm(), AuthenticationFlowResolver.resolveBrowserFlow(signIn))
                .needed();
    }

    /** Whether the sign-in has the level at which the flow accepts a type of credential, where it has levels. */
    public boolean hasLevelOf(String credentialType) {
        AuthenticationFlowModel flow = AuthenticationFlowResolver.resolveBrowserFlow(signIn);
        int needed = LoAUtil.getCredentialTypesToLoAMap(session, context.getRealm(), flow)
                .getOrDefault(credentialType, Constants.NO_LOA);
        return level() >= needed;
    }

    /** The level that the sign-in has reached. */
    public int level() {
        return new AcrStore(session, signIn).getLevelOfAuthenticationFromCurrentAuthentication();
    }

    /** The SSO session of the sign-in, which was found by its cookie; null for a sign-in that starts a session. */
    @Nullable UserSessionModel ssoSession() {
        return AuthenticatorUtil.isSSOAuthentication(signIn)
                ? session.sessions()
                        .getUserSession(
                                context.getRealm(), signIn.getParentSession().getId())
                : null;
    }
}
