package io.github.backupcodes.challenge.factor;

import io.github.backupcodes.challenge.ChallengePurpose;
import io.github.backupcodes.challenge.ChallengeScope;
import io.github.backupcodes.challenge.form.VerificationCodeTexts;
import io.github.backupcodes.challenge.store.ChallengeResult;
import io.github.backupcodes.challenge.store.ChallengeSending;
import io.github.backupcodes.challenge.store.ChallengeState;
import io.github.backupcodes.challenge.store.ChallengeVerifier;
import io.github.backupcodes.challenge.store.SendingOrder;
import io.github.backupcodes.challenge.store.VerificationCodeCredentialModel;
import io.github.backupcodes.challenge.store.VerificationCodeState;
import io.github.backupcodes.challenge.store.VerificationCodeStore;
import io.github.backupcodes.policy.VerificationCodePolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The codes of one user that are sent in one way: what state they are in, and how they are sent and verified at a sign-in. */
public final class UserVerificationCode {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final VerificationCodePolicy policy;
    private final VerificationCodeFactor factor;
    private final VerificationCodeServer server;

    UserVerificationCode(KeycloakSession session, UserModel user, VerificationCodeServer server) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.user = user;
        this.factor = server.factor();
        this.policy = factor.policy(realm);
        this.server = server;
    }

    /**
     * The codes of a user of the session's realm.
     *
     * @param type of the credential, one whose codes are sent
     */
    public static UserVerificationCode of(KeycloakSession session, UserModel user, String type) {
        return VerificationCodeCredentialProvider.of(session, type).codes(user);
    }

    /** Whether the user has set them up. Nothing but deleting the credential changes that: no fault, no limit and no wrong code. */
    public static boolean isSetUp(UserModel user, String type) {
        return user.credentialManager()
                .getStoredCredentialsByTypeStream(type)
                .findAny()
                .isPresent();
    }

    /** The credential in the user cache; empty if the user has none. */
    public Optional<VerificationCodeCredentialModel> credential() {
        return new VerificationCodeStore(session, user, factor.type()).cached();
    }

    /** Why no code works; empty if one does, or if the user has not set them up. */
    public Optional<VerificationCodeProblem> problem() {
        return credential().flatMap(credential -> problem(credential, Instant.now()));
    }

    /** When the pause ends, if there is one. */
    public Optional<Instant> pausedUntil() {
        return credential().flatMap(VerificationCodeCredentialModel::state).flatMap(state -> state.failures()
                .pause(Instant.now()));
    }

    private Optional<VerificationCodeProblem> problem(VerificationCodeCredentialModel credential, Instant now) {
        Optional<VerificationCodeState> read = credential.state();
        if (read.isEmpty()) {
            return Optional.of(VerificationCodeProblem.CANNOT_SEND);
        }
        VerificationCodeState state = read.get();
        if (state.failures().isMaximumReached()) {
            return Optional.of(VerificationCodeProblem.DISABLED);
        }
        if (state.failures().pause(now).isPresent()) {
            return Optional.of(VerificationCodeProblem.PAUSED);
        }
        if (!server.canSend(session, realm)) {
            return Optional.of(VerificationCodeProblem.CANNOT_SEND);
        }
        return factor.isConfirmed(session, user, state.destination())
                ? Optional.empty()
                : Optional.of(VerificationCodeProblem.NOT_CONFIRMED);
    }

    /** What distinguishes the factor. */
    public VerificationCodeFactor factor() {
        return factor;
    }

    /** How codes are sent in the realm. */
    public VerificationCodePolicy policy() {
        return policy;
    }

    /** The texts of the page on which the user signs in with a code. */
    public VerificationCodeTexts texts() {
        return VerificationCodeTexts.of(factor.field(), factor.suffix(), "", maskedDestination(), policy);
    }

    /** The address or number as it is shown; empty if the credential cannot be read. */
    public String maskedDestination() {
        return credential()
                .flatMap(VerificationCodeCredentialModel::state)
                .map(state -> factor.masked(state.destination()))
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
        ChallengeResult result = new ChallengeVerifier(session, user, factor.type())
                .verify(entered, credential -> scope(credential, signIn), policy.digits());
        server.metrics()
                .challenge(realm.getName(), factor.channel(), result.outcome().id());
        credential()
                .flatMap(VerificationCodeCredentialModel::state)
                .ifPresent(state -> factor.entered(realm, state.destination(), result.outcome()));
        return result;
    }

    /** Counts a message that a limit has prevented. */
    public void count(ChallengeState state) {
        server.count(session, state);
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
                factor.signInClaims(realm, user),
                List.of());
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
