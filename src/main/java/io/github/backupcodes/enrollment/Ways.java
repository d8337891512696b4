package io.github.backupcodes.enrollment;

import io.github.backupcodes.signin.AcceptedTypes;
import io.github.backupcodes.signin.OfferedFactor;
import io.github.backupcodes.signin.OfferedFactors;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.UserModel;

/** The second factors that somebody who has used a code can set up, or has just set up. */
final class Ways {

    private final RequiredActionContext context;
    private final UserModel user;
    private final SignInStrength strength;
    private final LostFactors lost;
    private final SetUp setUp;

    Ways(RequiredActionContext context, SignInStrength strength, LostFactors lost, SetUp setUp) {
        this.context = context;
        this.user = context.getUser();
        this.strength = strength;
        this.lost = lost;
        this.setUp = setUp;
    }

    boolean areNone() {
        return show().isEmpty();
    }

    /** Whether there are some, and nothing was set up so far. */
    boolean areAllOpen() {
        List<OfferedFactor> factors = factors();
        // what another extension makes need not be kept as a credential
        return !setUp.isDone()
                && factors.stream().noneMatch(factor -> lost.isReplaced(factor.type()))
                && offered(factors).findAny().isPresent();
    }

    /** For the page. */
    List<AfterUseWay> show() {
        List<OfferedFactor> factors = factors();
        List<OfferedFactor> offered = offered(factors).toList();
        return factors.stream()
                .filter(factor -> offered.contains(factor) || lost.isReplaced(factor.type()))
                .map(this::way)
                .toList();
    }

    /**
     * The one that is asked for, if it is offered.
     *
     * @param action what came from the client: the provider id of the action that makes it
     */
    Optional<OfferedFactor> offered(@Nullable String action) {
        return offered(factors())
                .filter(factor -> factor.action().equals(action))
                .findFirst();
    }

    private List<OfferedFactor> factors() {
        return new OfferedFactors(context.getSession(), user).all();
    }

    /** What the realm lets users set up, a flow accepts, and a sign-in of this level may make. */
    private Stream<OfferedFactor> offered(List<OfferedFactor> factors) {
        Set<String> accepted = new AcceptedTypes(context.getSession(), context.getRealm()).ofAllFlows();
        return factors.stream()
                .filter(factor -> accepted.contains(factor.type()))
                .filter(factor -> !lost.isReplaced(factor.type()))
                .filter(factor -> strength.hasLevelOf(factor.type()))
                .filter(factor -> new StoredUser(user).canBeChanged());
    }

    private AfterUseWay way(OfferedFactor factor) {
        List<AfterUseWay.Old> old = lost.removable(factor.type()).stream()
                .map(credential -> old(factor, credential))
                .toList();
        return new AfterUseWay(factor, lost.isReplaced(factor.type()), lost.isRemoved(factor.type()), old);
    }

    private AfterUseWay.Old old(OfferedFactor factor, CredentialModel credential) {
        String label = credential.getUserLabel();
        boolean named = label != null && !label.isBlank();
        Instant created = Instant.ofEpochMilli(credential.getCreatedDate() == null ? 0 : credential.getCreatedDate());
        return new AfterUseWay.Old(
                FactorWords.of(factor.type()),
                credential.getId(),
                named ? label : UserDate.of(context).write(created),
                named);
    }
}
