package io.github.backupcodes.race.server;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.jpa.entities.CredentialEntity;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;
import org.keycloak.storage.jpa.entity.FederatedUser;
import org.keycloak.storage.jpa.entity.FederatedUserCredentialEntity;

/** Holds the row of a credential locked for a while, as something slow on another node would, or spoils it. */
public final class RowLockResource {

    private static final Set<String> HELD = ConcurrentHashMap.newKeySet();

    private final KeycloakSession session;
    private final AdminPermissionEvaluator permissions;

    RowLockResource(KeycloakSession session, AdminPermissionEvaluator permissions) {
        this.session = session;
        this.permissions = permissions;
    }

    /** Holds it, and answers when it is free again. */
    @POST
    @Path("{credential}")
    @Produces(MediaType.APPLICATION_JSON)
    public boolean hold(@PathParam("credential") String credential, @QueryParam("milliseconds") long milliseconds)
            throws InterruptedException {
        permissions.users().requireManage();
        EntityManager entities =
                session.getProvider(JpaConnectionProvider.class).getEntityManager();
        boolean found = entities.find(CredentialEntity.class, credential, LockModeType.PESSIMISTIC_WRITE) != null
                || holdFederated(entities, credential);
        HELD.add(credential);
        try {
            Thread.sleep(milliseconds);
        } finally {
            HELD.remove(credential);
        }
        return found;
    }

    /** As a sign-in does: the row of the user before that of the credential. */
    private static boolean holdFederated(EntityManager entities, String credential) {
        FederatedUserCredentialEntity row = entities.find(FederatedUserCredentialEntity.class, credential);
        if (row == null) {
            return false;
        }
        entities.find(FederatedUser.class, row.getUserId(), LockModeType.PESSIMISTIC_WRITE);
        entities.lock(row, LockModeType.PESSIMISTIC_WRITE);
        return true;
    }

    /** Makes a set one that no one can read, as a newer version might leave it. */
    @PUT
    @Path("{credential}")
    public void spoil(@PathParam("credential") String credential) {
        permissions.users().requireManage();
        session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .find(CredentialEntity.class, credential)
                .setCredentialData("{\"version\": 99}");
    }

    /**
     * Writes a row as another version of the extension might have left it. What the user cache has of it stays as it was.
     *
     * @param data       {@code credentialData} and {@code secretData}
     */
    @PUT
    @Path("{credential}/data")
    @Consumes(MediaType.APPLICATION_JSON)
    public void write(@PathParam("credential") String credential, Map<String, String> data) {
        permissions.users().requireManage();
        CredentialEntity row = row(credential);
        row.setCredentialData(data.get("credentialData"));
        row.setSecretData(data.get("secretData"));
    }

    /** What is in a row. */
    @GET
    @Path("{credential}/data")
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, String> read(@PathParam("credential") String credential) {
        permissions.users().requireManage();
        CredentialEntity row = row(credential);
        return Map.of("credentialData", row.getCredentialData(), "secretData", row.getSecretData());
    }

    private CredentialEntity row(String credential) {
        return session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .find(CredentialEntity.class, credential);
    }

    /** Ends the life of a set. What the user cache has of it stays as it was. */
    @PUT
    @Path("{credential}/end")
    public void end(@PathParam("credential") String credential) {
        permissions.users().requireManage();
        CredentialEntity row = session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .find(CredentialEntity.class, credential);
        row.setCredentialData(row.getCredentialData()
                .replaceFirst("(\"expiresAt\":\")[^\"]+", "$1" + Instant.now().minusSeconds(1)));
    }

    /** Whether it is held now. */
    @GET
    @Path("{credential}")
    @Produces(MediaType.APPLICATION_JSON)
    public boolean isHeld(@PathParam("credential") String credential) {
        return HELD.contains(credential);
    }
}
