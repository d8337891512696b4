package io.github.backupcodes.race.server;

import jakarta.ws.rs.HttpMethod;
import java.util.Objects;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.DefaultThemeSelectorProvider;
import org.keycloak.theme.Theme;

/**
 * Keycloak's choice of a theme, which every page asks for, error pages included. In realms with the attribute {@code test-fault}
 * it fails while the answer to a form is made, unless the form has the password:
 *
 * <ul>
 *   <li>{@code throw}: no page can be rendered, error pages included
 *   <li>{@code template}: the same, as Keycloak says it where a template fails
 *   <li>{@code rollback}: the request is rolled back, its pages are rendered
 *   <li>{@code commit}: the request fails when it is committed, as with a database that refuses
 * </ul>
 */
final class FaultThemeSelectorProvider extends DefaultThemeSelectorProvider {

    private static final String FAULT = "test-fault";

    private final KeycloakSession session;

    FaultThemeSelectorProvider(KeycloakSession session) {
        super(session);
        this.session = session;
    }

    @Override
    public String getThemeName(Theme.Type type) {
        RealmModel realm = session.getContext().getRealm();
        String fault = realm == null || type != Theme.Type.LOGIN ? null : realm.getAttribute(FAULT);
        if (fault == null || fault.isEmpty() || !isForm()) {
            return super.getThemeName(type);
        }
        bringAbout(fault);
        return "template".equals(fault) ? "broken" : super.getThemeName(type);
    }

    private boolean isForm() {
        HttpRequest request = session.getContext().getHttpRequest();
        return HttpMethod.POST.equals(request.getHttpMethod())
                && !request.getDecodedFormParameters().containsKey("password")
                && !request.getDecodedFormParameters().containsKey("authenticationExecution");
    }

    private void bringAbout(String fault) {
        switch (fault) {
            case "template" -> {}
            case "throw" -> throw new IllegalStateException("no page can be rendered in this realm");
            case "rollback" -> session.getTransactionManager().setRollbackOnly();
            case "commit" -> {
                if (session.getAttribute(FAULT) == null) {
                    session.setAttribute(FAULT, fault);
                    session.getTransactionManager().enlistPrepare(new FailingTransaction());
                }
            }
            default -> throw new IllegalArgumentException(Objects.requireNonNull(fault));
        }
    }

    private static final class FailingTransaction extends AbstractKeycloakTransaction {

        @Override
        protected void commitImpl() {
            throw new IllegalStateException("nothing can be committed in this realm");
        }

        @Override
        protected void rollbackImpl() {}
    }
}
