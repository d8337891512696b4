package io.github.backupcodes.admin;

import io.github.backupcodes.support.SimpleProviderFactory;
import java.security.SecureRandom;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Registers {@link BackupCodesAdminResource} at {@code /admin/realms/{realm}/backup-codes}. */
public final class BackupCodesAdminResourceProviderFactory
        implements AdminRealmResourceProviderFactory,
                SimpleProviderFactory<AdminRealmResourceProvider>,
                AdminRealmResourceProvider {

    /** The id, which is also the path. */
    public static final String ID = "backup-codes";

    private final SecureRandom random = new SecureRandom();

    @Override
    public AdminRealmResourceProvider create(KeycloakSession session) {
        return this;
    }

    @Override
    public Object getResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        return new BackupCodesAdminResource(session, realm, auth, adminEvent, random);
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void close() {}
}
