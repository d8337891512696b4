package io.github.backupcodes.loginstrength;

import io.github.backupcodes.code.FactorRank;
import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.flow.BackupCodeLoa;
import io.github.backupcodes.flow.SecondFactorCredentials;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.policy.LoginVerificationPolicy;
import io.github.backupcodes.support.CredentialTypes;
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
 * Checks whether a sign-in is strong enough to generate codes. Keycloak checks level and age only when an application
 * starts the action ({@code kc_action}); the same must apply to an action that is assigned to the user, otherwise the
 * password alone would yield codes that replace the second factor (NIST SP 800-63B-4, 3.1.2: AAL2; OWASP ASVS 5.0,
 * 7.5.1).
 */
public final class SignInStrength {

    private final RequiredActionContext context;
    private final KeycloakSession session;
    private final AuthenticationSessionModel signIn;
    private final String action;
    private final String credentialType;

    /** For the required action that generates backup codes. */
    public SignInStrength(RequiredActionContext context) {
        this(context, BackupCodesPolicy.REQUIRED_ACTION, CredentialTypes.BACKUP_CODES);
    }

    /**
     * For a required action that creates a credential.
     *
     * @param context        of a required action in the sign-in
     * @param action         whose setting limits the age of the sign-in
     * @param credentialType at whose level the sign-in must be
     */
    public SignInStrength(RequiredActionContext context, String action, String credentialType) {
        this.action = action;
        this.credentialType = credentialType;
        this.context = context;
        this.session = context.getSession();
        this.signIn = context.getAuthenticationSession();
    }

    /**
     * Whether the sign-in is strong enough to show new codes. Users with neither a second factor nor a usable code have
     * nothing that a stronger sign-in could use; the same applies to users who turned on login verification in this
     * sign-in.
     */
    public boolean suffices() {
        return suffices(LoginAgeCheck.Purpose.SHOW);
    }

    /** Whether the sign-in is strong enough to save codes that were shown in it: it is older by now. */
    public boolean sufficesToSave() {
        return suffices(LoginAgeCheck.Purpose.SAVE);
    }

    /**
     * What codes are worth that are generated in this sign-in: the rank of what was used in it. If there was nothing to use, because the
     * first factor was set up in it, they are worth as much as the factor that they stand beside.
     */
    public FactorRank rankOfCodes() {
        FactorRank shown = new StrongCredentialUse(context).shown(ssoSession());
        if (shown != FactorRank.NONE) {
            return shown;
        }
        UserFactorRank factors = new UserFactorRank(session, context.getUser());
        if (bestBefore(factors) != FactorRank.NONE) {
            return FactorRank.WEAK;
        }
        FactorRank best = factors.best();
        // codes alone are the second factor
        return best == FactorRank.NONE ? FactorRank.STRONG : best;
    }

    /**
     * Whether what was used in the sign-in ranks as high as the best factor that the user has, or the realm accepts weaker ones.
     */
    public boolean hasNeededRank() {
        FactorRank shown = new StrongCredentialUse(context).shown(ssoSession());
        // nothing is higher: the factors of most users need not be read
        return shown == FactorRank.STRONG || !shown.isBelow(neededRank());
    }

    /**
     * At least some credential must have been used; one of the rank of the best factor, unless the realm accepts weaker ones. What was
     * set up in this sign-in is no evidence in it, and needs none.
     */
    private FactorRank neededRank() {
        return LoginVerificationPolicy.of(context.getRealm()).weakerMakesCodes()
                ? FactorRank.WEAK
                : FactorRank.WEAK.orHigher(bestBefore(new UserFactorRank(session, context.getUser())));
    }

    private FactorRank bestBefore(UserFactorRank factors) {
        return factors.bestWithout(new CreatedCredentialsNote(context).ids());
    }

    private boolean suffices(LoginAgeCheck.Purpose purpose) {
        boolean removed = wasStrongerRemoved();
        return (!removed && (!hasSecondFactorOrCode() || new LoginVerificationActivation(context).isOnlyStrength()))
                || (hasNeededLevel()
                        && !new ActionTokenLogin(context).isLinkOnly()
                        && (AuthenticatorUtil.isSSOAuthentication(signIn)
                                ? isSessionStrongEnough(purpose, removed)
                                : isSignInStrongEnough(purpose, removed)));
    }

    /** Credentials that were set up in this sign-in belong to the same person, however long that took. */
    private boolean isSignInStrongEnough(LoginAgeCheck.Purpose purpose, boolean removed) {
        PasswordOnlyLoginCheck passwordOnly = new PasswordOnlyLoginCheck(context);
        return (!removed && passwordOnly.isNothingStronger(null))
                || (age().allowsSignIn(new LoginStart(context).startedAt(), Instant.now(), purpose)
                        && (hasNeededRank() || (!removed && !passwordOnly.isAskedAnywhere())));
    }

    /**
     * Whether a weaker session has removed a stronger factor lately: then it must not count that nothing stronger exists, or whoever
     * has the weaker factor would only have to remove the other one first.
     */
    private boolean wasStrongerRemoved() {
        return new UserFactorRank(session, context.getUser()).removed() != FactorRank.NONE;
    }

    /**
     * A session that was found by its cookie must not have begun by a mere link, nor be older than the action allows;
     * its age is measured from its last use of a credential that is stronger than the password.
     */
    private boolean isSessionStrongEnough(LoginAgeCheck.Purpose purpose, boolean removed) {
        UserSessionModel session = ssoSession();
        Instant entered = enteredAt(session);
        if (session == null || entered == null || ActionTokenLogin.began(session)) {
            return false;
        }
        Instant now = Instant.now();
        PasswordOnlyLoginCheck passwordOnly = new PasswordOnlyLoginCheck(context);
        return age().allowsSession(entered, now, purpose)
                && (new StrongCredentialUse(context)
                                .lastIn(session, neededRank())
                                .filter(strong -> age().allowsSession(strong, now, purpose))
                                .isPresent()
                        || (!removed && (passwordOnly.isNothingStronger(session) || !passwordOnly.isAskedAnywhere())));
    }

    private LoginAgeCheck age() {
        return new LoginAgeCheck(Duration.ofSeconds(BackupCodesPolicy.maxAuthAgeSeconds(context.getRealm(), action)));
    }

    private boolean hasSecondFactorOrCode() {
        UserModel user = context.getUser();
        return new SecondFactorCredentials(session).has(user)
                || SecondFactorCredentials.hasPasskey(user)
                || SecondFactorCredentials.hasRecoveryCodes(user)
                || hasCodes();
    }

    /**
     * Whether codes were generated for the user, or accepted Keycloak recovery codes. Even if they are used up, expired or
     * disabled, a flow that requires them still requests them, and the password alone must not replace them.
     */
    boolean hasCodes() {
        return UserBackupCodes.of(session, context.getUser()).haveBeenGenerated();
    }

    private boolean hasNeededLevel() {
        return CredentialTypes.BACKUP_CODES.equals(credentialType)
                ? level() >= levelOfCodes()
                : hasLevelOf(credentialType);
    }

    private int levelOfCodes() {
        return new BackupCodeLoa(session, context.getRealm(), AuthenticationFlowResolver.resolveBrowserFlow(signIn))
                .needed();
    }

    /**
     * Whether the sign-in has reached the level at which the flow accepts a type of credential; true if the flow has no
     * levels.
     */
    public boolean hasLevelOf(String credentialType) {
        AuthenticationFlowModel flow = AuthenticationFlowResolver.resolveBrowserFlow(signIn);
        int needed = LoAUtil.getCredentialTypesToLoAMap(session, context.getRealm(), flow)
                .getOrDefault(credentialType, Constants.NO_LOA);
        return level() >= needed;
    }

    /**
     * Whether the session is recent enough for an action that the application has not asked for by its name. Keycloak compares the age
     * for that name alone ({@code OIDCLoginProtocol.isReAuthRequiredForKcAction}), before any action begins.
     *
     * @param action the id of the action's provider
     */
    public boolean isRecentEnoughFor(String action) {
        if (!AuthenticatorUtil.isSSOAuthentication(signIn)) {
            return true;
        }
        int most = BackupCodesPolicy.maxAuthAgeSeconds(context.getRealm(), action);
        Instant entered = enteredAt(ssoSession());
        return entered != null
                && new LoginAgeCheck(Duration.ofSeconds(most))
                        .allowsSession(entered, Instant.now(), LoginAgeCheck.Purpose.SHOW);
    }

    /** When the user of a session has signed in; null if that is unknown. */
    private static @Nullable Instant enteredAt(@Nullable UserSessionModel session) {
        String time = session == null ? null : session.getNote(AuthenticationManager.AUTH_TIME);
        return time == null ? null : Instant.ofEpochSecond(Long.parseLong(time));
    }

    /** The level that the sign-in has reached. */
    public int level() {
        return new AcrStore(session, signIn).getLevelOfAuthenticationFromCurrentAuthentication();
    }

    /** The session that was found by its cookie; null for a sign-in that creates a session. */
    @Nullable UserSessionModel ssoSession() {
        return AuthenticatorUtil.isSSOAuthentication(signIn)
                ? session.sessions()
                        .getUserSession(
                                context.getRealm(), signIn.getParentSession().getId())
                : null;
    }
}
