package io.github.backupcodes.challenge.factor;

import io.github.backupcodes.challenge.ChallengePurpose;
import io.github.backupcodes.challenge.store.ChallengeResult;
import io.github.backupcodes.challenge.store.MessageChannel;
import io.github.backupcodes.challenge.store.SendingClaim;
import io.github.backupcodes.policy.VerificationCodePolicy;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** What distinguishes one second factor whose codes are sent from another: where its codes go, how, and within which limits. */
public interface VerificationCodeFactor {

    /** The type of the credential. */
    String type();

    /** The required action that sets it up; its configuration is the {@link #policy}. */
    String requiredAction();

    /** The name in metrics and events, for example {@code email}. */
    String channel();

    /** The name of the field for the code. The keys of its own messages begin with it. */
    String field();

    /** The end of the keys of messages that each factor has in its own words, for example {@code Email}. */
    String suffix();

    /** The CSS classes of its icon in lists of second factors; both login themes of Keycloak have them. */
    String icon();

    /** How many messages of a realm are sent at the same time for one purpose, at most. */
    int sendingThreads();

    /** How codes are sent in a realm. */
    VerificationCodePolicy policy(RealmModel realm);

    /** Whether a realm has what its messages are sent with, for example a mail server. Never throws. */
    boolean hasSender(KeycloakSession session, RealmModel realm);

    /** Whether codes may be sent to a destination of a user: it is still confirmed, and still allowed. */
    boolean isConfirmed(KeycloakSession session, UserModel user, String destination);

    /** A destination as it is shown to somebody who knows it. */
    String masked(String destination);

    /** The name that the account console shows for a credential until its user gives it another; null for none. */
    @Nullable String label(String destination);

    /** The limits that a message for signing in counts for. */
    List<SendingClaim> signInClaims(RealmModel realm, UserModel user);

    /**
     * The limits that a message for setting up counts for.
     *
     * @param network the network that the request comes from; empty if it is unknown, which counts as one network
     */
    List<SendingClaim> setupClaims(RealmModel realm, UserModel user, String destination, String network);

    /** The limits that only the first message to a destination counts for. */
    default List<SendingClaim> firstSetupClaims(RealmModel realm, UserModel user) {
        return List.of();
    }

    /** Sends messages to a user, with the circumstances of the request in them. */
    MessageChannel messages(KeycloakSession session, UserModel user, ChallengePurpose purpose);

    /** Called after a code was entered that was sent to a destination. */
    default void entered(RealmModel realm, String destination, ChallengeResult.Outcome outcome) {}

    /** The key of the message that says why no code works. */
    default String messageKey(VerificationCodeProblem problem) {
        return switch (problem) {
            case PAUSED -> "verificationCodeErrorPaused" + suffix();
            case DISABLED -> "verificationCodeErrorDisabled" + suffix();
            case CANNOT_SEND -> "verificationCodeErrorCannotSend";
            case NOT_CONFIRMED -> "verificationCodeErrorNotConfirmed" + suffix();
        };
    }

    /** The factor of a credential type; empty if codes of the type are not sent. */
    static Optional<VerificationCodeFactor> of(KeycloakSession session, String type) {
        return VerificationCodeCredentialProvider.find(session, type).map(VerificationCodeCredentialProvider::factor);
    }
}
