package io.github.backupcodes.admin;

import io.github.backupcodes.credential.BackupCodes;
import io.github.backupcodes.credential.BackupCodesCredentialModel;
import io.github.backupcodes.credential.BackupCodesCredentialProvider;
import io.github.backupcodes.credential.RowBusyException;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Supplier;
import org.keycloak.events.Details;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** The backup codes of one user for administrators. */
public final class UserCodes {

    private final KeycloakSession session;
    private final UserModel user;
    private final AdminPermissionEvaluator permissions;
    private final AdminEventBuilder events;

    UserCodes(KeycloakSession session, UserModel user, AdminPermissionEvaluator permissions, AdminEventBuilder events) {
        this.session = session;
        this.user = user;
        this.permissions = permissions;
        this.events = events;
    }

    /** How many codes there are and how many are left, never a code. Needs the right to see the user. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public UserState state() {
        permissions.users().requireView(user);
        return codes().show().map(UserState::of).orElse(UserState.NONE);
    }

    /**
     * Takes all backup codes from the user, and Keycloak's own recovery codes where the realm accepts them in their place.
     * Needs the right to manage the user. Without codes it changes nothing.
     */
    @DELETE
    public void revoke() {
        permissions.users().requireManage(user);
        remove(BackupCodesCredentialModel.TYPE, codes()::removeAll);
        remove(RecoveryAuthnCodesCredentialModel.TYPE, codes()::removeRecoveryCodes);
    }

    private void remove(String type, Supplier<List<String>> removal) {
        try {
            removal.get().forEach(id -> record(type, id));
        } catch (RowBusyException e) {
            throw ErrorResponse.error(
                    "The backup codes are in use just now, try again", Response.Status.SERVICE_UNAVAILABLE);
        }
    }

    private void record(String type, String id) {
        events.operation(OperationType.DELETE)
                .resource(ResourceType.USER)
                .resourcePath(session.getContext().getUri())
                .detail(Details.CREDENTIAL_ID, id)
                .detail(Details.CREDENTIAL_TYPE, type)
                .success();
    }

    private BackupCodes codes() {
        return BackupCodesCredentialProvider.of(session).codes(user);
    }
}
