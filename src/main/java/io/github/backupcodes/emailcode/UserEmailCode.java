package io.github.backupcodes.emailcode;

import io.github.backupcodes.challenge.ChallengePurpose;
import io.github.backupcodes.challenge.ChallengeScope;
import io.github.backupcodes.challenge.store.ChallengeKey;
import io.github.backupcodes.challenge.store.ChallengeResult;
import io.github.backupcodes.challenge.store.ChallengeSending;
import io.github.backupcodes.challenge.store.ChallengeState;
import io.github.backupcodes.challenge.store.ChallengeVerifier;
import io.github.backupcodes.challenge.store.SendingOrder;
import io.github.backupcodes.challenge.store.VerificationCodeCredentialModel;
import io.github.backupcodes.challenge.store.VerificationCodeState;
import io.github.backupcodes.challenge.store.VerificationCodeStore;
import io.github.backupcodes.policy.EmailCodePolicy;
import io.github.backupcodes.support.CredentialTypes;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The codes by e-mail of one user: what state they are in, and how they are sent and verified when the user signs in. */
public final class UserEmailCode {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final EmailCodePolicy policy;
    private final EmailCodeServer server;

    UserEmailCode(KeycloakSession session, UserModel user, EmailCodeServer server) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.user = user;
        this.policy = EmailCodePolicy.of(realm);
        this.server = server;
    }

    /** The codes of a user of the session's realm. */
    public static UserEmailCode of(KeycloakSession session, UserModel user) {
        return EmailCodeCredentialProvider.of(session).codes(user);
    }

    /** Whether the user has set them up. Nothing but deleting the credential changes that: no fault, no limit and no wrong code. */
    public static boolean isSetUp(UserModel user) {
        return user.credentialManager()
                .getStoredCredentialsByTypeStream(CredentialTypes.EMAIL_CODE)
                .findAny()
                .isPresent();
    }

    /** The credential in the user cache; empty if the user has none. */
    public Optional<VerificationCodeCredentialModel> credential() {
        return new VerificationCodeStore(session, user, CredentialTypes.EMAIL_CODE).cached();
    }

    /** Why no code works; empty if one does, or if the user has not set them up. */
    public Optional<EmailCodeProblem> problem() {
        return credential().flatMap(credential -> problem(credential, Instant.now()));
    }

    /** When the pause ends, if there is one. */
    public Optional<Instant> pausedUntil() {
        return credential().flatMap(VerificationCodeCredentialModel::state).flatMap(state -> state.failures()
                .pause(Instant.now()));
    }

    private Optional<EmailCodeProblem> problem(VerificationCodeCredentialModel credential, Instant now) {
        Optional<VerificationCodeState> read = credential.state();
        if (read.isEmpty()) {
            return Optional.of(EmailCodeProblem.CANNOT_SEND);
        }
        VerificationCodeState state = read.get();
        if (state.failures().isMaximumReached()) {
            return Optional.of(EmailCodeProblem.DISABLED);
        }
        if (state.failures().pause(now).isPresent()) {
            return Optional.of(EmailCodeProblem.PAUSED);
        }
        if (!canSend(session, realm)) {
            return Optional.of(EmailCodeProblem.CANNOT_SEND);
        }
        return EmailAddress.verifiedOf(user).filter(state.destination()::equals).isPresent()
                ? Optional.empty()
                : Optional.of(EmailCodeProblem.ADDRESS);
    }

    /** Whether a realm can send codes at all: it has a mail server, and a key to derive codes with. */
    public static boolean canSend(KeycloakSession session, RealmModel realm) {
        return realm.getSmtpConfig().get("host") != null
                && ChallengeKey.current(session, realm).isPresent();
    }

    /** How codes are sent in the realm. */
    public EmailCodePolicy policy() {
        return policy;
    }

    /** The address as it is shown; empty if the credential cannot be read. */
    public String maskedAddress() {
        return credential()
                .flatMap(VerificationCodeCredentialModel::state)
                .map(state -> EmailAddress.masked(state.destination()))
                .orElse("");
    }

    /**
     * Shows the challenge of the sign-in, and sends a code if there is none. There is no {@linkplain #problem problem}.
     *
     * @throws IllegalStateException if the user has not set up codes
     */
    public ChallengeState open(AuthenticationSessionModel signIn) {
        return sending(ChallengePurpose.SIGN_IN).open(order(signIn));
    }

    /** Shows the challenge of the sign-in without sending anything. */
    public ChallengeState show(AuthenticationSessionModel signIn) {
        return sending(ChallengePurpose.SIGN_IN).show(order(signIn));
    }

    /** Sends again, if it is time. */
    public ChallengeState again(AuthenticationSessionModel signIn) {
        return sending(ChallengePurpose.SIGN_IN).again(order(signIn));
    }

    /** Verifies a code, and uses it up if it is right. */
    public ChallengeResult verify(String entered, AuthenticationSessionModel signIn) {
        ChallengeResult result = new ChallengeVerifier(session, user, CredentialTypes.EMAIL_CODE)
                .verify(entered, credential -> scope(credential, signIn), policy.digits());
        server.metrics()
                .challenge(
                        realm.getName(), EmailCodeMail.CHANNEL, result.outcome().id());
        return result;
    }

    /** Counts a message that a limit has prevented. */
    public void count(ChallengeState state) {
        if (state.limit() != null) {
            server.metrics().messageLimited(realm.getName(), state.limit().kind());
        }
    }

    private ChallengeSending sending(ChallengePurpose purpose) {
        return server.sending(session, user, purpose);
    }

    private SendingOrder order(AuthenticationSessionModel signIn) {
        VerificationCodeCredentialModel credential = credential().orElseThrow(IllegalStateException::new);
        String accepted =
                credential.state().flatMap(state -> state.accepted().latest()).orElse("");
        return new SendingOrder(
                scope(credential, signIn),
                accepted,
                policy.validity(),
                policy.digits(),
                new EmailCodeLimits(realm, policy).ofSignIn(user.getId()));
    }

    private ChallengeScope scope(VerificationCodeCredentialModel credential, AuthenticationSessionModel signIn) {
        return new ChallengeScope(
                ChallengePurpose.SIGN_IN,
                realm.getId(),
                owner(credential),
                credential.state().map(VerificationCodeState::destination).orElse(""),
                signIn.getParentSession().getId(),
                session.users().getNotBeforeOfUser(realm, user));
    }

    /** A user has one credential of the type; its id changes with each write for users of a storage without import. */
    private String owner(VerificationCodeCredentialModel credential) {
        return user.getId() + ' ' + credential.getType();
    }
}
