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
 * A required action of this extension, assigned to a sign-in or to its user. It is requested by the alias that it has
 * in the realm, but Keycloak removes a finished action by the id of its provider.
 */
public final class RequiredActionAssignment {

    private final String providerId;
    private final RealmModel realm;
    private final UserModel user;
    private final AuthenticationSessionModel signIn;

    /** Takes the id of the action's provider, and the realm, user and sign-in that it is assigned to. */
    public RequiredActionAssignment(
            String providerId, RealmModel realm, UserModel user, AuthenticationSessionModel signIn) {
        this.providerId = providerId;
        this.realm = realm;
        this.user = user;
        this.signIn = signIn;
    }

    /** Takes them from the context of a running required action, this one or another. */
    public RequiredActionAssignment(String providerId, RequiredActionContext context) {
        this(providerId, context.getRealm(), context.getUser(), context.getAuthenticationSession());
    }

    /** Whether the realm has the action and it is enabled. */
    public boolean isEnabled() {
        return alias().isPresent();
    }

    /** Whether it is assigned to this sign-in. */
    public boolean isOfSignIn() {
        return alias().filter(signIn.getRequiredActions()::contains).isPresent();
    }

    /**
     * Whether it is assigned to the user: by the alias, or by the provider's id, the only name that the admin console
     * knows.
     */
    public boolean isOfUser() {
        return isEnabled() && user.getRequiredActionsStream().anyMatch(names()::contains);
    }

    /** Assigns it to this sign-in, if the realm has it. */
    public void addToSignIn() {
        alias().ifPresent(signIn::addRequiredAction);
    }

    /** Assigns it to the user, or only to this sign-in if the user's storage is read-only. */
    public void addToUser() {
        try {
            alias().ifPresent(user::addRequiredAction);
        } catch (ReadOnlyException e) {
            addToSignIn();
        }
    }

    /** Removes it from this sign-in. */
    public void removeFromSignIn() {
        names().forEach(signIn::removeRequiredAction);
    }

    /**
     * Removes it from the user.
     *
     * @throws ReadOnlyException if the user's storage is read-only
     */
    public void removeFromUser() {
        names().forEach(user::removeRequiredAction);
    }

    /**
     * Ends the action as done. Keycloak removes a finished action from the user, which fails if the user's storage is read-only: then the
     * action is only removed from the sign-in, which then continues.
     */
    public void complete(RequiredActionContext context) {
        removeFromSignIn();
        try {
            removeFromUser();
            context.success();
        } catch (ReadOnlyException e) {
            AuthenticationManager.setKcActionStatus(
                    providerId, RequiredActionContext.KcActionStatus.SUCCESS, context.getAuthenticationSession());
            context.challenge(RequiredActionRedirect.from(context));
        }
    }

    /**
     * Handles an alias other than the id of the provider, which Keycloak does not handle fully. Must run before
     * Keycloak looks for pending actions: Keycloak would skip an action that is assigned by the provider's id, and
     * would neither end nor postpone an action that an application starts by such an alias. The application gets the
     * status "error".
     */
    public void prepare() {
        Optional<String> otherAlias = alias().filter(alias -> !alias.equals(providerId));
        if (otherAlias.isEmpty()) {
            return;
        }
        if (isOfUser()) {
            addToSignIn();
        }
        AuthenticationManager.setKcActionStatus(otherAlias.get(), RequiredActionContext.KcActionStatus.ERROR, signIn);
    }

    private Optional<String> alias() {
        return RequiredActions.alias(realm, providerId);
    }

    private Set<String> names() {
        return Stream.concat(Stream.of(providerId), alias().stream()).collect(Collectors.toSet());
    }
}
