package io.github.backupcodes.race.server;

import io.github.backupcodes.support.SimpleProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Adds a resource of the tests to Keycloak's admin REST, below the path of the realm. */
abstract class TestResourceFactory
        implements AdminRealmResourceProviderFactory,
                AdminRealmResourceProvider,
                SimpleProviderFactory<AdminRealmResourceProvider> {

    private final String id;
    private final Resources resources;

    TestResourceFactory(String id, Resources resources) {
        this.id = id;
        this.resources = resources;
    }

    /** Creates the resource of a request. */
    @FunctionalInterface
    interface Resources {
        Object create(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator permissions);
    }

    @Override
    public AdminRealmResourceProvider create(KeycloakSession session) {
        return this;
    }

    @Override
    public Object getResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        return resources.create(session, realm, auth);
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public void close() {}
}
