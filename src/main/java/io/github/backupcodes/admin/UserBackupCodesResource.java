package io.github.backupcodes.admin;

import io.github.backupcodes.challenge.factor.UserVerificationCode;
import io.github.backupcodes.challenge.store.VerificationCodeStore;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.credential.GeneratedCodes;
import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.credential.store.CredentialLockedException;
import io.github.backupcodes.flow.SecondFactorCredentials;
import io.github.backupcodes.notification.Notification;
import io.github.backupcodes.notification.NotificationProvider;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.support.CredentialTypes;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialModel;
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

/** The admin REST resource for the backup codes of one user, and for the codes by e-mail. */
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

    /**
     * Returns the state of the codes and the user's second factors, never a code, an address or another secret. Requires the right to
     * view the user.
     */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public UserBackupCodesRepresentation state() {
        permissions.users().requireView(user);
        List<SecondFactorRepresentation> factors = new SecondFactorCredentials(session)
                .protecting(user).stream().map(SecondFactorRepresentation::of).toList();
        return UserBackupCodesRepresentation.of(
                codes(),
                BackupCodesPolicy.of(realm()).lowThreshold(),
                factors,
                sentCode(CredentialTypes.EMAIL_CODE),
                sentCode(CredentialTypes.SMS_CODE));
    }

    private @Nullable VerificationCodeRepresentation sentCode(String type) {
        return VerificationCodeRepresentation.of(UserVerificationCode.of(session, user, type))
                .orElse(null);
    }

    /**
     * Issues a short-lived code to a user who is locked out, replacing an earlier one; the user's own codes remain. The
     * response is the only place that ever shows it. It has the format of the user's own codes, or of new ones, because
     * the user enters both in the same field.
     *
     * @param request for how long and why; null is rejected
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
            throw ErrorResponse.error("Service accounts cannot have temporary codes", Response.Status.BAD_REQUEST);
        }
        BackupCodesPolicy policy = BackupCodesPolicy.of(realm());
        CodeFormat format = codes().cachedSet().map(CodeSet::format).orElseGet(policy::format);
        GeneratedCodes generated = GeneratedCodes.temporary(format, policy.schemeFor(format, 1), lifespan, random);
        save(generated);
        Instant end = generated.createdAt().plus(lifespan);
        NotificationProvider.of(session).notify(user, new Notification.TemporaryCodeIssued(end));
        String expiresAt = end.toString();
        events.operation(OperationType.ACTION)
                .resource(ResourceType.USER)
                .resourcePath("users", user.getId(), BackupCodesAdminResourceProviderFactory.ID, "temporary-code")
                .detail(Details.CREDENTIAL_TYPE, CredentialTypes.TEMPORARY_CODE)
                .detail(Details.REASON, reason)
                .detail("lifespan_seconds", String.valueOf(lifespan.toSeconds()))
                .detail("expires_at", expiresAt)
                .success();
        return Response.ok(
                        new TemporaryCodeRepresentation(generated.codes().get(0).grouped(), expiresAt))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private void save(GeneratedCodes generated) {
        CodeSet set = codes().hashNewSet(generated::hash).orElseThrow(UserBackupCodesResource::notMade);
        try {
            codes().temporary().save(set);
        } catch (CredentialLockedException e) {
            throw busy("backup codes");
        }
    }

    /**
     * Revokes all backup codes of the user, including a temporary one, and Keycloak recovery codes if the realm accepts
     * them instead. Requires the rights to manage the user and to reset the password, because removing a factor changes
     * how the user signs in. Without codes it changes nothing.
     */
    @DELETE
    public void revoke() {
        permissions.users().requireManage(user);
        permissions.users().requireResetPassword(user);
        try {
            new CodeRevocation(session, user).run(NotificationProvider::notify, events);
        } catch (CredentialLockedException e) {
            throw busy("backup codes");
        }
    }

    /**
     * Removes the codes by e-mail or by text message of the user. Requires the same rights as revoking backup codes. If there are none, it changes
     * nothing.
     */
    @DELETE
    @Path("{type: email-code|sms-code}")
    public void removeSentCode(@PathParam("type") String type) {
        permissions.users().requireManage(user);
        permissions.users().requireResetPassword(user);
        List<CredentialModel> removed;
        try {
            removed = new VerificationCodeStore(session, user, type).remove();
        } catch (CredentialLockedException e) {
            throw busy("codes");
        }
        if (!removed.isEmpty()) {
            NotificationProvider.of(session).notify(user, new Notification.VerificationCodeRevoked(type));
        }
        for (CredentialModel credential : removed) {
            events.operation(OperationType.DELETE)
                    .resource(ResourceType.USER)
                    .resourcePath("users", user.getId(), type)
                    .detail(Details.CREDENTIAL_ID, credential.getId())
                    .detail(Details.CREDENTIAL_TYPE, credential.getType())
                    .success();
        }
    }

    private static ErrorResponseException notMade() {
        return ErrorResponse.error(
                "Cannot issue a code at the moment: the server is busy or the vault key is missing. See the server"
                        + " log.",
                Response.Status.SERVICE_UNAVAILABLE);
    }

    private static ErrorResponseException busy(String codes) {
        return ErrorResponse.error(
                "The %s are currently in use. Try again.".formatted(codes), Response.Status.SERVICE_UNAVAILABLE);
    }

    private RealmModel realm() {
        return session.getContext().getRealm();
    }

    private UserBackupCodes codes() {
        return UserBackupCodes.of(session, user);
    }
}
