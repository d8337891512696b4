package io.github.backupcodes.admin;

import io.github.backupcodes.admin.setup.RealmSetup;
import io.github.backupcodes.admin.setup.SetupOptions;
import io.github.backupcodes.admin.setup.SetupReport;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** The backup codes of a realm for its administrators. {@code docs/openapi.yaml} describes all of it. */
public final class BackupCodesAdminResource {

    /** The most users of a page. */
    private static final int LONGEST_PAGE = 1_000;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator permissions;
    private final AdminEventBuilder events;
    private final SecureRandom random;

    BackupCodesAdminResource(
            KeycloakSession session,
            RealmModel realm,
            AdminPermissionEvaluator permissions,
            AdminEventBuilder events,
            SecureRandom random) {
        this.session = session;
        this.realm = realm;
        this.permissions = permissions;
        this.events = events;
        this.random = random;
    }

    /**
     * The backup codes of one user.
     *
     * @throws NotFoundException  when there is no such user
     * @throws ForbiddenException when there is none, or one that the caller may not see, and the caller may not search
     */
    @Path("users/{id}")
    public UserBackupCodesResource user(@PathParam("id") String id) {
        UserModel user = session.users().getUserById(realm, id);
        if (user == null) {
            // as Keycloak does: who may not search users shall not learn which ids there are
            if (permissions.users().canQuery()) {
                throw new NotFoundException("User not found");
            }
            throw new ForbiddenException();
        }
        return new UserBackupCodesResource(session, user, permissions, events, random);
    }

    /**
     * How many users with a second factor have backup codes, and who has none that works. Needs the right to see all users: a
     * fine-grained permission (v2) for all may still have exceptions, which the role {@code view-users} has not.
     *
     * @param first how many of these users to pass over
     * @param max   how many of them to return, 0 to {@value #LONGEST_PAGE}
     */
    @GET
    @Path("coverage")
    @Produces(MediaType.APPLICATION_JSON)
    public CoverageReport coverage(
            @QueryParam("first") @DefaultValue("0") int first, @QueryParam("max") @DefaultValue("100") int max) {
        requireViewOfAll();
        return new CoverageQuery(session, realm).page(Math.max(0, first), Math.max(0, Math.min(max, LONGEST_PAGE)));
    }

    private void requireViewOfAll() {
        permissions.users().requireView();
        if (realm.isAdminPermissionsEnabled()
                && !permissions.hasOneAdminRole(AdminRoles.VIEW_USERS, AdminRoles.MANAGE_USERS)) {
            throw new ForbiddenException();
        }
    }

    /**
     * Takes all codes from those users whose codes were made or used since a time, as after a database was restored. Needs the roles to
     * manage the realm and its users. Done again it goes on, and changes nothing more once it is complete.
     *
     * @param request since when, until when and from how many users; null is refused
     */
    @POST
    @Path("revoke-changed")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public ChangedCodesReport revokeChanged(@Nullable ChangedCodesRequest request) {
        permissions.realm().requireManageRealm();
        // a fine-grained permission for all users may have exceptions
        if (!permissions.hasOneAdminRole(AdminRoles.MANAGE_USERS)) {
            throw new ForbiddenException();
        }
        ChangedCodesRequest wanted = request == null ? new ChangedCodesRequest(null, null, null) : request;
        return new ChangedCodesRevocation(session, realm, events, wanted).run();
    }

    /**
     * Makes the realm ready for backup codes. Needs the right to manage the realm. Done twice it changes nothing more.
     *
     * @param dryRun  whether only to say what would be done
     * @param options what to do; nothing for the usual
     */
    @POST
    @Path("setup")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public SetupReport setup(
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun, @Nullable SetupOptions options) {
        permissions.realm().requireManageRealm();
        SetupReport report = new RealmSetup(session, realm, options == null ? SetupOptions.USUAL : options).run(dryRun);
        if (!dryRun && !report.changes().isEmpty()) {
            events.operation(OperationType.ACTION)
                    .resource(ResourceType.REALM)
                    .resourcePath(session.getContext().getUri())
                    .representation(report)
                    .success();
        }
        return report;
    }
}
