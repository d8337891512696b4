package io.github.backupcodes.challenge.factor;

import io.github.backupcodes.challenge.ChallengePurpose;
import io.github.backupcodes.challenge.ChallengeScope;
import io.github.backupcodes.challenge.form.VerificationCodeTexts;
import io.github.backupcodes.challenge.store.ChallengeResult;
import io.github.backupcodes.challenge.store.ChallengeSending;
import io.github.backupcodes.challenge.store.ChallengeState;
import io.github.backupcodes.challenge.store.SendingOrder;
import io.github.backupcodes.challenge.store.SetupChallengeVerifier;
import io.github.backupcodes.challenge.store.VerificationCodeStore;
import io.github.backupcodes.code.IpAddress;
import io.github.backupcodes.policy.VerificationCodePolicy;
import io.github.backupcodes.support.UserCaches;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Sets up a factor for a user: proves that the user receives messages at a destination, and saves it. */
public final class VerificationCodeSetup {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final VerificationCodeFactor factor;
    private final VerificationCodePolicy policy;
    private final VerificationCodeServer server;

    VerificationCodeSetup(KeycloakSession session, UserModel user, VerificationCodeServer server) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.user = user;
        this.factor = server.factor();
        this.policy = factor.policy(realm);
        this.server = server;
    }

    /**
     * The set-up of a user of the session's realm.
     *
     * @param type of the credential
     */
    static VerificationCodeSetup of(KeycloakSession session, UserModel user, String type) {
        return VerificationCodeCredentialProvider.of(session, type).setup(user);
    }

    VerificationCodePolicy policy() {
        return policy;
    }

    /** The texts of the page on which the first code is entered. */
    VerificationCodeTexts texts(String destination) {
        return VerificationCodeTexts.of(factor.field(), factor.suffix(), "Setup", factor.masked(destination), policy);
    }

    /** Whether codes can be sent at all. */
    boolean canSend() {
        return server.canSend(session, realm);
    }

    /** Sends a code to a destination, unless one was sent. */
    ChallengeState open(String destination, AuthenticationSessionModel signIn) {
        return counted(sending().open(order(destination, signIn)));
    }

    /** Shows the challenge without sending anything. */
    ChallengeState show(String destination, AuthenticationSessionModel signIn) {
        return sending().show(order(destination, signIn));
    }

    /** Sends again, if it is time. */
    ChallengeState again(String destination, AuthenticationSessionModel signIn) {
        return counted(sending().again(order(destination, signIn)));
    }

    /** Verifies a code, and uses it up if it is right. */
    ChallengeResult verify(String entered, String destination, AuthenticationSessionModel signIn) {
        ChallengeResult result =
                new SetupChallengeVerifier(session, user).verify(entered, scope(destination, signIn), policy.digits());
        server.metrics()
                .challenge(realm.getName(), factor.channel(), result.outcome().id());
        factor.entered(realm, destination, result.outcome());
        return result;
    }

    /**
     * Locks the user until the request ends; what another request has saved is read from then on.
     *
     * @throws io.github.backupcodes.credential.store.CredentialLockedException if someone else holds the row for too long
     */
    void lockOwner() {
        store().lockOwner();
        UserCaches.bypass(user);
    }

    /**
     * Saves the destination.
     *
     * @throws io.github.backupcodes.credential.store.CredentialLockedException if someone else holds a row for too long
     */
    VerificationCodeStore.SavedDestination save(String destination) {
        return store().save(destination, this::isolatedLabel);
    }

    /** Where text is read from right to left, the account console would show the parts of a number in reverse order. */
    private @Nullable String isolatedLabel(String destination) {
        String label = factor.label(destination);
        return label == null ? null : "\u2068" + label + "\u2069";
    }

    private VerificationCodeStore store() {
        return new VerificationCodeStore(session, user, factor.type());
    }

    private ChallengeState counted(ChallengeState state) {
        server.count(session, state);
        return state;
    }

    private ChallengeSending sending() {
        return server.sending(session, user, ChallengePurpose.SET_UP);
    }

    private SendingOrder order(String destination, AuthenticationSessionModel signIn) {
        String network = IpAddress.network(session.getContext().getConnection().getRemoteHost())
                .orElse("");
        return new SendingOrder(
                scope(destination, signIn),
                "",
                policy.validity(),
                policy.digits(),
                factor.setupClaims(realm, user, destination, network),
                factor.firstSetupClaims(realm, user));
    }

    private ChallengeScope scope(String destination, AuthenticationSessionModel signIn) {
        return new ChallengeScope(
                ChallengePurpose.SET_UP,
                realm.getId(),
                user.getId(),
                destination,
                signIn.getParentSession().getId(),
                session.users().getNotBeforeOfUser(realm, user));
    }
}
