package io.github.backupcodes.afteruse;

import io.github.backupcodes.flow.AcceptedCredentialTypes;
import io.github.backupcodes.flow.SecondFactorOption;
import io.github.backupcodes.flow.SecondFactorOptions;
import io.github.backupcodes.flow.SecondFactorSetup;
import io.github.backupcodes.loginstrength.SignInStrength;
import io.github.backupcodes.support.LocalizedDates;
import io.github.backupcodes.support.UserStorages;
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
final class ReplacementOptions {

    private final RequiredActionContext context;
    private final UserModel user;
    private final SignInStrength strength;
    private final SecondFactorReplacement replacement;
    private final SecondFactorSetup setUp;

    ReplacementOptions(
            RequiredActionContext context,
            SignInStrength strength,
            SecondFactorReplacement replacement,
            SecondFactorSetup setUp) {
        this.context = context;
        this.user = context.getUser();
        this.strength = strength;
        this.replacement = replacement;
        this.setUp = setUp;
    }

    boolean isEmpty() {
        return show().isEmpty();
    }

    /** Whether there are some, and nothing was set up so far. */
    boolean nothingSetUpYet() {
        List<SecondFactorOption> factors = factors();
        // what another extension makes need not be kept as a credential
        return !setUp.isDone()
                && factors.stream().noneMatch(factor -> replacement.isReplaced(factor.type()))
                && offered(factors).findAny().isPresent();
    }

    /** For the page. */
    List<SecondFactorOptionBean> show() {
        List<SecondFactorOption> factors = factors();
        List<SecondFactorOption> offered = offered(factors).toList();
        return factors.stream()
                .filter(factor -> offered.contains(factor) || replacement.isReplaced(factor.type()))
                .map(this::way)
                .toList();
    }

    /**
     * The one that is asked for, if it is offered.
     *
     * @param action what came from the client: the provider id of the action that makes it
     */
    Optional<SecondFactorOption> offered(@Nullable String action) {
        return offered(factors())
                .filter(factor -> factor.action().equals(action))
                .findFirst();
    }

    private List<SecondFactorOption> factors() {
        return new SecondFactorOptions(context.getSession(), user).all();
    }

    /** What the realm lets users set up, a flow accepts, and a sign-in of this level may make. */
    private Stream<SecondFactorOption> offered(List<SecondFactorOption> factors) {
        Set<String> accepted = new AcceptedCredentialTypes(context.getSession(), context.getRealm()).ofAllFlows();
        return factors.stream()
                .filter(factor -> accepted.contains(factor.type()))
                .filter(factor -> !replacement.isReplaced(factor.type()))
                .filter(factor -> strength.hasLevelOf(factor.type()))
                .filter(factor -> new UserStorages(user).canBeChanged());
    }

    private SecondFactorOptionBean way(SecondFactorOption factor) {
        List<SecondFactorOptionBean.Old> old = replacement.removable(factor.type()).stream()
                .map(credential -> old(factor, credential))
                .toList();
        return new SecondFactorOptionBean(
                factor, replacement.isReplaced(factor.type()), replacement.isRemoved(factor.type()), old);
    }

    private SecondFactorOptionBean.Old old(SecondFactorOption factor, CredentialModel credential) {
        String label = credential.getUserLabel();
        boolean named = label != null && !label.isBlank();
        Instant created = Instant.ofEpochMilli(credential.getCreatedDate() == null ? 0 : credential.getCreatedDate());
        return new SecondFactorOptionBean.Old(
                SecondFactorMessages.of(factor.type()),
                credential.getId(),
                named ? label : LocalizedDates.of(context).write(created),
                named);
    }
}
