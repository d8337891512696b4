package io.github.backupcodes.sms.sender;

import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/** Creates {@link LogSmsSender}s. */
public final class LogSmsSenderFactory implements SmsSenderFactory {

    private boolean allowedInProduction;

    @Override
    public void init(Config.Scope config) {
        allowedInProduction = config.getBoolean("in-production", false);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public SmsSender create(KeycloakSession session) {
        return new LogSmsSender(session, allowedInProduction);
    }

    @Override
    public Optional<String> problem(KeycloakSession session, RealmModel realm) {
        return LogSmsSender.isAllowed(allowedInProduction)
                ? Optional.empty()
                : Optional.of("The sender `log` works in development mode only. Choose another sender.");
    }

    @Override
    public String getId() {
        return "log";
    }

    @Override
    public void close() {}
}
