package io.github.backupcodes.flow;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.PostBrokerLoginConstants;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.AuthenticationFlowResolver;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Value object: the flow of the current sign-in. Keycloak does not pass the flow to an authenticator when it asks
 * whether the authenticator is configured; this class finds it by the path of the sign-in's pages.
 *
 * @param flows  the flow; all top-level flows of the realm if it is unknown
 * @param signIn whether this is a plain sign-in, not one that resets a credential or links an identity provider
 */
public record CurrentFlow(List<AuthenticationFlowModel> flows, boolean signIn) {

    /** The flow of the sign-in that the session serves. */
    public static CurrentFlow of(KeycloakSession session, RealmModel realm) {
        AuthenticationSessionModel running = session.getContext().getAuthenticationSession();
        String path = running == null ? null : running.getAuthNote(AuthenticationProcessor.CURRENT_FLOW_PATH);
        if (running == null || path == null) {
            return unknown(realm);
        }
        return switch (path) {
            case LoginActionsService.AUTHENTICATE_PATH ->
                new CurrentFlow(List.of(AuthenticationFlowResolver.resolveBrowserFlow(running)), true);
            case LoginActionsService.RESET_CREDENTIALS_PATH ->
                new CurrentFlow(List.of(realm.getResetCredentialsFlow()), false);
            case LoginActionsService.FIRST_BROKER_LOGIN_PATH -> firstBrokerLogin(session, realm, running);
            case LoginActionsService.POST_BROKER_LOGIN_PATH -> postBrokerLogin(session, realm, running);
            default -> unknown(realm);
        };
    }

    /** The flow of a direct grant, which has no pages and no path. */
    public static CurrentFlow ofDirectGrant(KeycloakSession session, RealmModel realm) {
        AuthenticationSessionModel running = session.getContext().getAuthenticationSession();
        return running == null
                ? unknown(realm)
                : new CurrentFlow(List.of(AuthenticationFlowResolver.resolveDirectGrantFlow(running)), true);
    }

    /** As {@code LoginActionsService.brokerLoginFlow}: the flow of the identity provider, otherwise the realm's. */
    private static CurrentFlow firstBrokerLogin(
            KeycloakSession session, RealmModel realm, AuthenticationSessionModel running) {
        IdentityProviderModel provider = provider(session, running, AbstractIdpAuthenticator.BROKERED_CONTEXT_NOTE);
        AuthenticationFlowModel own = provider == null ? null : flow(realm, provider.getFirstBrokerLoginFlowId());
        return new CurrentFlow(List.of(own == null ? realm.getFirstBrokerLoginFlow() : own), false);
    }

    private static CurrentFlow postBrokerLogin(
            KeycloakSession session, RealmModel realm, AuthenticationSessionModel running) {
        IdentityProviderModel provider =
                provider(session, running, PostBrokerLoginConstants.PBL_BROKERED_IDENTITY_CONTEXT);
        AuthenticationFlowModel own = provider == null ? null : flow(realm, provider.getPostBrokerLoginFlowId());
        return own == null ? unknown(realm) : new CurrentFlow(List.of(own), true);
    }

    private static @Nullable IdentityProviderModel provider(
            KeycloakSession session, AuthenticationSessionModel running, String note) {
        SerializedBrokeredIdentityContext brokered =
                SerializedBrokeredIdentityContext.readFromAuthenticationSession(running, note);
        return brokered == null ? null : session.identityProviders().getByAlias(brokered.getIdentityProviderId());
    }

    private static @Nullable AuthenticationFlowModel flow(RealmModel realm, @Nullable String id) {
        return id == null ? null : realm.getAuthenticationFlowById(id);
    }

    private static CurrentFlow unknown(RealmModel realm) {
        Stream<AuthenticationFlowModel> all = realm.getAuthenticationFlowsStream();
        return new CurrentFlow(all.filter(AuthenticationFlowModel::isTopLevel).toList(), true);
    }
}
