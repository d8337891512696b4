package io.github.backupcodes.signin;

import io.github.backupcodes.support.CredentialTypes;
import io.github.backupcodes.support.SimpleProviderFactory;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.BruteForceProtector;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Resets the failures that the realm's brute force detection has counted for a user once a sign-in with a code is complete, like after
 * an OTP. Keycloak reports every complete sign-in ({@code AuthenticationManager.logSuccess}) with the types of credentials that were
 * used, but resets the failures of the second factor only for its own types. So this listener gets the LOGIN events of all realms,
 * whatever listeners a realm has configured.
 */
public final class FailureResetListener
        implements EventListenerProviderFactory, SimpleProviderFactory<EventListenerProvider> {

    private static final String ID = "backup-codes-forgiveness";

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new Listener(session);
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public String getId() {
        return ID;
    }

    private record Listener(KeycloakSession session) implements EventListenerProvider {

        @Override
        public void onEvent(Event event) {
            if (event.getType() == EventType.LOGIN && isByCode(event)) {
                forgive(event.getUserId(), identifier());
            }
        }

        /** A direct grant writes no note, and an event loses its details on the way over pages if our required action is disabled. */
        private boolean isByCode(Event event) {
            Map<String, String> details = event.getDetails();
            AuthenticationSessionModel signIn = session.getContext().getAuthenticationSession();
            return (details != null && details.containsKey(EventDetails.REMAINING))
                    || (signIn != null
                            && (UsedCodeNote.in(signIn).isPresent()
                                    || AuthenticatorUtil.getAuthnCredentials(signIn)
                                            .contains(CredentialTypes.EMAIL_CODE)));
        }

        private @Nullable String identifier() {
            AuthenticationSessionModel signIn = session.getContext().getAuthenticationSession();
            return signIn == null ? null : signIn.getAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME);
        }

        private void forgive(String userId, @Nullable String identifier) {
            KeycloakContext context = session.getContext();
            RealmModel realm = context.getRealm();
            UserModel user = realm.isBruteForceProtected() ? session.users().getUserById(realm, userId) : null;
            if (user != null) {
                new BruteForceReporter(session.getProvider(BruteForceProtector.class), realm)
                        .succeeded(user, context.getConnection(), context.getUri(), identifier);
            }
        }

        @Override
        public void onEvent(AdminEvent event, boolean includeRepresentation) {}

        @Override
        public void close() {}
    }
}
