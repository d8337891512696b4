package io.github.backupcodes.loginverification;

import io.github.backupcodes.code.FactorRank;
import io.github.backupcodes.flow.AcceptedCredentialTypes;
import io.github.backupcodes.flow.BrowserFlows;
import io.github.backupcodes.flow.FactorRanks;
import io.github.backupcodes.flow.SecondFactorCredentials;
import io.github.backupcodes.flow.SecondFactorOption;
import io.github.backupcodes.flow.SecondFactorOptions;
import io.github.backupcodes.policy.LoginVerificationPolicy;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Checks whether a user has login verification in a browser flow: a second factor that the flow accepts. Backup codes
 * alone do not turn it on. If the realm asks for strong factors, weaker ones are not enough.
 */
final class LoginVerificationStatus {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final Set<String> accepted;

    /** Takes the flow that the user signs in with. */
    LoginVerificationStatus(KeycloakSession session, RealmModel realm, UserModel user, AuthenticationFlowModel flow) {
        this.session = session;
        this.realm = realm;
        this.user = user;
        this.accepted = new AcceptedCredentialTypes(session, realm).of(flow);
    }

    /** Whether the user has a second factor that the flow accepts. */
    boolean isOn() {
        return new SecondFactorCredentials(session).has(user, accepted);
    }

    /** Whether the user has a second factor that the flow accepts and that ranks as high as the realm asks for. */
    boolean isEnough() {
        return isOn() && (!LoginVerificationPolicy.of(realm).asksForStrong() || isStrong());
    }

    private boolean isStrong() {
        FactorRanks ranks = FactorRanks.of(realm);
        Set<String> strong = accepted.stream()
                .filter(type -> ranks.of(type) == FactorRank.STRONG)
                .collect(Collectors.toSet());
        return new SecondFactorCredentials(session).has(user, strong);
    }

    /**
     * Whether users are asked whom nobody has required to turn it on: not if a passkey protects them, nor if they have a weaker factor
     * and there is no stronger one to offer.
     */
    boolean isAskedFor() {
        return !isEnough()
                && !SecondFactorCredentials.hasPasskey(user)
                && (!isOn() || !offered().isEmpty());
    }

    /**
     * Whether the user has a second factor for some flow of the realm or of a client, even if the current flow does not
     * accept it. Users who signed in by password alone must not set up another one that is accepted there as well.
     */
    boolean isOnAnywhere() {
        return new BrowserFlows(session, realm).requestSecondFactorOf(user);
    }

    /** The second factors that the realm offers and the flow accepts; to users who have a weaker one, the strong ones. */
    List<SecondFactorOption> offered() {
        List<SecondFactorOption> all = new SecondFactorOptions(session, user).of(accepted);
        return isOn() ? all.stream().filter(this::isStrong).toList() : all;
    }

    /** Whether an option is a strong factor. */
    boolean isStrong(SecondFactorOption option) {
        return FactorRanks.of(realm).of(option.type()) == FactorRank.STRONG;
    }

    /** Whether the flow accepts a type of credential. */
    boolean accepts(String type) {
        return accepted.contains(type);
    }
}
