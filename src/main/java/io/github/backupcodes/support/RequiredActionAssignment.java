package io.github.backupcodes.support;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.storage.ReadOnlyException;

/**
 * A required action of this extension that is to be done, in a sign-in or by its user. It is asked for by the alias that it has in
 * the realm, but Keycloak takes a finished action away by the id of its provider.
 */
public final class RequiredActionAssignment {

    private final String providerId;
    private final RealmModel realm;
    private final UserModel user;
    private final AuthenticationSessionModel signIn;

    /** Takes the id of the action's provider, and where it is to be done. */
    public RequiredActionAssignment(
            String providerId, RealmModel realm, UserModel user, AuthenticationSessionModel signIn) {
        this.providerId = providerId;
        this.realm = realm;
        this.user = user;
        this.signIn = signIn;
    }

    /** The same where a required action runs, this one or another. */
    public RequiredActionAssignment(String providerId, RequiredActionContext context) {
        this(providerId, context.getRealm(), context.getUser(), context.getAuthenticationSession());
    }

    /** Whether the realm has it at all. */
    public boolean isEnabled() {
        return alias().isPresent();
    }

    /** Whether this sign-in asks for it. */
    public boolean isOfSignIn() {
        return alias().filter(signIn.getRequiredActions()::contains).isPresent();
    }

    /** Whether it is required of the user: by the alias, or by an administrator, whose console knows the provider's id alone. */
    public boolean isOfUser() {
        return isEnabled() && user.getRequiredActionsStream().anyMatch(names()::contains);
    }

    /** Has this sign-in ask for it, if the realm has it. */
    public void addToSignIn() {
        alias().ifPresent(signIn::addRequiredAction);
    }

    /** Requires it of the user, in this sign-in alone where the user's storage allows no change. */
    public void addToUser() {
        try {
            alias().ifPresent(user::addRequiredAction);
        } catch (ReadOnlyException e) {
            addToSignIn();
        }
    }

    /** Takes it from this sign-in. */
    public void removeFromSignIn() {
        names().forEach(signIn::removeRequiredAction);
    }

    /**
     * Takes it from the user.
     *
     * @throws ReadOnlyException when the user's storage allows no change
     */
    public void removeFromUser() {
        names().forEach(user::removeRequiredAction);
    }

    /**
     * Makes up for what Keycloak does not do for an alias other than the id of the provider. Comes before Keycloak looks for what is
     * to be done: it would pass over an action that is required by that id, and would neither end one that an application starts
     * by such an alias nor let it wait. The application hears that it failed.
     */
    public void prepare() {
        Optional<String> other = alias().filter(alias -> !alias.equals(providerId));
        if (other.isEmpty()) {
            return;
        }
        if (isOfUser()) {
            addToSignIn();
        }
        AuthenticationManager.setKcActionStatus(other.get(), RequiredActionContext.KcActionStatus.ERROR, signIn);
    }

    private Optional<String> alias() {
        return RequiredActions.alias(realm, providerId);
    }

    private Set<String> names() {
        return Stream.concat(Stream.of(providerId), alias().stream()).collect(Collectors.toSet());
    }
}
