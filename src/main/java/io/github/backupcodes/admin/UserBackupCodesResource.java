package io.github.backupcodes.admin;

import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.credential.store.CredentialLockedException;
import io.github.backupcodes.notification.Notification;
import io.github.backupcodes.notification.NotificationProvider;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.support.CredentialTypes;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.Details;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** The backup codes of one user for administrators. */
public final class UserBackupCodesResource {

    private final KeycloakSession session;
    private final UserModel user;
    private final AdminPermissionEvaluator permissions;
    private final AdminEventBuilder events;
    private final SecureRandom random;

    UserBackupCodesResource(
            KeycloakSession session,
            UserModel user,
            AdminPermissionEvaluator permissions,
            AdminEventBuilder events,
            SecureRandom random) {
        this.session = session;
        this.user = user;
        this.permissions = permissions;
        this.events = events;
        this.random = random;
    }

    /** How many codes there are and how many are left, never a code. Needs the right to see the user. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public UserBackupCodesRepresentation state() {
        permissions.users().requireView(user);
        return UserBackupCodesRepresentation.of(codes());
    }

    /**
     * Issues a code with a short life to a user who is locked out, in place of an earlier one; the user's own codes stay. The
     * answer is the only place that ever shows it. It looks as the user's own codes do, or as new ones would: one field takes
     * both.
     *
     * @param request for how long and why; null is refused
     */
    @POST
    @Path("temporary-code")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response issue(@Nullable TemporaryCodeRequest request) {
        new TemporaryCodePermissions(session, realm(), permissions).requireHelping(user);
        TemporaryCodeRequest wanted = request == null ? new TemporaryCodeRequest(null, null) : request;
        Duration lifespan = wanted.lifespan();
        String reason = wanted.requireReason();
        if (user.getServiceAccountClientLink() != null) {
            throw ErrorResponse.error("Service accounts do not sign in with codes", Response.Status.BAD_REQUEST);
        }
        BackupCodesPolicy policy = BackupCodesPolicy.of(realm());
        CodeFormat format = codes().cachedSet().map(CodeSet::format).orElseGet(policy::format);
        NewTemporaryCode drawn = NewTemporaryCode.draw(format, policy.schemeFor(format, 1), lifespan, random);
        save(drawn);
        NotificationProvider.of(session).notify(user, new Notification.TemporaryCodeIssued(drawn.expiresAt()));
        String expiresAt = drawn.expiresAt().toString();
        events.operation(OperationType.ACTION)
                .resource(ResourceType.USER)
                .resourcePath(session.getContext().getUri())
                .detail(Details.CREDENTIAL_TYPE, CredentialTypes.TEMPORARY_CODE)
                .detail(Details.REASON, reason)
                .detail("lifespan_seconds", String.valueOf(lifespan.toSeconds()))
                .detail("expires_at", expiresAt)
                .success();
        return Response.ok(new TemporaryCodeRepresentation(drawn.code().grouped(), expiresAt))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private void save(NewTemporaryCode drawn) {
        CodeSet set = codes().hashNewSet(drawn::hash).orElseThrow(UserBackupCodesResource::notMade);
        try {
            codes().temporary().save(set);
        } catch (CredentialLockedException e) {
            throw busy();
        }
    }

    /**
     * Takes all backup codes from the user, a temporary one included, and Keycloak's own recovery codes where the realm accepts
     * them in their place. Needs the right to manage the user, and to reset the password: to take a factor away is to change how
     * somebody signs in. Without codes it changes nothing.
     */
    @DELETE
    public void revoke() {
        permissions.users().requireManage(user);
        permissions.users().requireResetPassword(user);
        try {
            new CodeRevocation(session, user).run(NotificationProvider::notify, events);
        } catch (CredentialLockedException e) {
            throw busy();
        }
    }

    private static ErrorResponseException notMade() {
        return ErrorResponse.error(
                "No code can be made just now: the server is busy, or the key of the hashes is missing. The log of the"
                        + " server says which",
                Response.Status.SERVICE_UNAVAILABLE);
    }

    private static ErrorResponseException busy() {
        return ErrorResponse.error(
                "The backup codes are in use just now, try again", Response.Status.SERVICE_UNAVAILABLE);
    }

    private RealmModel realm() {
        return session.getContext().getRealm();
    }

    private UserBackupCodes codes() {
        return UserBackupCodes.of(session, user);
    }
}
