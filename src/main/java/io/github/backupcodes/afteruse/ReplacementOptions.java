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

/** Finds the second factors that a user who has used a code can set up, or has just set up. */
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

    /** Whether there are options, and none was set up yet. */
    boolean nothingSetUpYet() {
        List<SecondFactorOption> factors = factors();
        // other extensions need not store a credential
        return !setUp.isDone()
                && factors.stream().noneMatch(factor -> replacement.isReplaced(factor.type()))
                && offered(factors).findAny().isPresent();
    }

    /** The options for the page. */
    List<SecondFactorOptionBean> show() {
        List<SecondFactorOption> factors = factors();
        List<SecondFactorOption> offered = offered(factors).toList();
        return factors.stream()
                .filter(factor -> offered.contains(factor) || replacement.isReplaced(factor.type()))
                .map(this::optionBean)
                .toList();
    }

    /**
     * The selected option, if it is offered.
     *
     * @param action the submitted provider id of the action that creates it
     */
    Optional<SecondFactorOption> offered(@Nullable String action) {
        return offered(factors())
                .filter(factor -> factor.action().equals(action))
                .findFirst();
    }

    private List<SecondFactorOption> factors() {
        return new SecondFactorOptions(context.getSession(), user).all();
    }

    /** The options that the realm has, a flow accepts, and a sign-in of this level and with a code of this rank may set up. */
    private Stream<SecondFactorOption> offered(List<SecondFactorOption> factors) {
        Set<String> accepted = new AcceptedCredentialTypes(context.getSession(), context.getRealm()).ofAllFlows();
        return factors.stream()
                .filter(factor -> accepted.contains(factor.type()))
                .filter(factor -> !replacement.isReplaced(factor.type()))
                .filter(factor -> strength.hasLevelOf(factor.type()))
                .filter(factor -> strength.hasNeededRank())
                .filter(factor -> new UserStorages(user).canBeChanged());
    }

    private SecondFactorOptionBean optionBean(SecondFactorOption factor) {
        List<CredentialModel> removable = replacement.removable(factor.type());
        List<SecondFactorOptionBean.Old> old = removable.stream()
                .map(credential -> old(factor, credential, removable.size() == 1))
                .toList();
        return new SecondFactorOptionBean(
                factor,
                replacement.isReplaced(factor.type()),
                replacement.isRemoved(factor.type()),
                replacement.isSelected(factor.type()),
                old);
    }

    private SecondFactorOptionBean.Old old(SecondFactorOption factor, CredentialModel credential, boolean only) {
        String label = credential.getUserLabel();
        boolean named = label != null && !label.isBlank();
        Instant created = Instant.ofEpochMilli(credential.getCreatedDate() == null ? 0 : credential.getCreatedDate());
        return new SecondFactorOptionBean.Old(
                SecondFactorMessages.of(factor.type()),
                credential.getId(),
                named ? label : LocalizedDates.of(context).date(created),
                named,
                replacement.isMarked(credential, only));
    }
}
