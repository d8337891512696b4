package io.github.backupcodes.emailcode;

import io.github.backupcodes.challenge.ChallengePurpose;
import io.github.backupcodes.challenge.ChallengeScope;
import io.github.backupcodes.challenge.store.ChallengeResult;
import io.github.backupcodes.challenge.store.ChallengeSending;
import io.github.backupcodes.challenge.store.ChallengeState;
import io.github.backupcodes.challenge.store.SendingOrder;
import io.github.backupcodes.challenge.store.SetupChallengeVerifier;
import io.github.backupcodes.challenge.store.VerificationCodeStore;
import io.github.backupcodes.code.IpAddress;
import io.github.backupcodes.policy.EmailCodePolicy;
import io.github.backupcodes.support.CredentialTypes;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Sets up codes by e-mail for a user: proves that the user receives mail at an address, and saves it. */
final class EmailCodeSetup {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final EmailCodePolicy policy;
    private final EmailCodeServer server;

    EmailCodeSetup(KeycloakSession session, UserModel user, EmailCodeServer server) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.user = user;
        this.policy = EmailCodePolicy.of(realm);
        this.server = server;
    }

    static EmailCodeSetup of(KeycloakSession session, UserModel user) {
        return EmailCodeCredentialProvider.of(session).setup(user);
    }

    EmailCodePolicy policy() {
        return policy;
    }

    /** Sends a code to an address, unless one was sent. */
    ChallengeState open(String address, AuthenticationSessionModel signIn) {
        return sending().open(order(address, signIn));
    }

    /** Shows the challenge without sending anything. */
    ChallengeState show(String address, AuthenticationSessionModel signIn) {
        return sending().show(order(address, signIn));
    }

    /** Sends again, if it is time. */
    ChallengeState again(String address, AuthenticationSessionModel signIn) {
        return sending().again(order(address, signIn));
    }

    /** Verifies a code, and uses it up if it is right. */
    ChallengeResult verify(String entered, String address, AuthenticationSessionModel signIn) {
        ChallengeResult result =
                new SetupChallengeVerifier(session, user).verify(entered, scope(address, signIn), policy.digits());
        server.metrics()
                .challenge(
                        realm.getName(), EmailCodeMail.CHANNEL, result.outcome().id());
        return result;
    }

    /**
     * Saves the address.
     *
     * @throws io.github.backupcodes.credential.store.CredentialLockedException if someone else holds a row for too long
     */
    CredentialModel save(String address) {
        return new VerificationCodeStore(session, user, CredentialTypes.EMAIL_CODE).save(address);
    }

    private ChallengeSending sending() {
        return server.sending(session, user, ChallengePurpose.SET_UP);
    }

    private SendingOrder order(String address, AuthenticationSessionModel signIn) {
        String network = IpAddress.network(session.getContext().getConnection().getRemoteHost())
                .orElse("");
        return new SendingOrder(
                scope(address, signIn),
                "",
                policy.validity(),
                policy.digits(),
                new EmailCodeLimits(realm, policy).ofSetup(address, user.getId(), network));
    }

    private ChallengeScope scope(String address, AuthenticationSessionModel signIn) {
        return new ChallengeScope(
                ChallengePurpose.SET_UP,
                realm.getId(),
                user.getId(),
                address,
                signIn.getParentSession().getId(),
                session.users().getNotBeforeOfUser(realm, user));
    }
}
