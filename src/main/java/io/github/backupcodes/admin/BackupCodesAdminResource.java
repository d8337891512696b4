package io.github.backupcodes.admin;

import io.github.backupcodes.admin.setup.RealmSetup;
import io.github.backupcodes.admin.setup.SetupOptions;
import io.github.backupcodes.admin.setup.SetupReport;
import io.github.backupcodes.challenge.store.StoreUnavailableException;
import io.github.backupcodes.policy.SmsCodePolicy;
import io.github.backupcodes.sms.TestMessageSending;
import io.github.backupcodes.sms.number.PhoneNumber;
import io.github.backupcodes.sms.sender.SmsOutcome;
import io.github.backupcodes.sms.sender.SmsSenders;
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
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** The admin REST resource for the backup codes of a realm. {@code docs/openapi.yaml} describes all its calls. */
public final class BackupCodesAdminResource {

    /** What ids look like: those of local users, and of users of a storage without import. */
    private static final Pattern ID =
            Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}|f:.*", Pattern.DOTALL);

    /** The maximum number of users on a page. */
    private static final int MAX_PAGE_SIZE = 1_000;

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
     * The resource for the backup codes of one user.
     *
     * @param id the id of the user, or the username. If one user's name is another user's id, the id decides; a name that looks
     *     like an id is not looked up, because it may be the mistyped id of another user, or that of a deleted one
     * @throws NotFoundException  if there is no such user and the caller may search users
     * @throws ForbiddenException if there is no such user, or one that the caller may not see, and the caller may not
     *     search users
     */
    @Path("users/{id}")
    public UserBackupCodesResource user(@PathParam("id") String id) {
        UserModel byId = session.users().getUserById(realm, id);
        UserModel user = byId == null ? visibleUser(id) : byId;
        if (user == null) {
            // as Keycloak does: callers who may not search users must not learn which ids exist
            if (permissions.users().canQuery()) {
                throw new NotFoundException("User not found");
            }
            throw new ForbiddenException();
        }
        return new UserBackupCodesResource(session, user, permissions, events, random);
    }

    /**
     * Finds a user by name for callers who would find it with Keycloak's own search. To others it does not exist, so that they
     * cannot learn which names there are.
     */
    private @Nullable UserModel visibleUser(String username) {
        if (!permissions.users().canQuery() || ID.matcher(username).matches()) {
            return null;
        }
        UserModel user = session.users().getUserByUsername(realm, username);
        return user != null && permissions.users().canView(user) ? user : null;
    }

    /**
     * Counts how many users with a second factor have backup codes, and lists those without usable ones. Requires the
     * right to view all users: a fine-grained permission (v2) for all may have exceptions, but the role {@code
     * view-users} has none.
     *
     * @param first how many of the listed users to skip
     * @param max   how many of them to return, 0 to {@value #MAX_PAGE_SIZE}
     */
    @GET
    @Path("coverage")
    @Produces(MediaType.APPLICATION_JSON)
    public CoverageReport coverage(
            @QueryParam("first") @DefaultValue("0") int first, @QueryParam("max") @DefaultValue("100") int max) {
        requireViewAllUsers();
        return new CoverageQuery(session, realm).page(Math.max(0, first), Math.max(0, Math.min(max, MAX_PAGE_SIZE)));
    }

    private void requireViewAllUsers() {
        permissions.users().requireView();
        if (realm.isAdminPermissionsEnabled()
                && !permissions.hasOneAdminRole(AdminRoles.VIEW_USERS, AdminRoles.MANAGE_USERS)) {
            throw new ForbiddenException();
        }
    }

    /**
     * Revokes all codes of users whose codes were generated or used since a given time, for use after a database was
     * restored. Requires the roles to manage the realm and its users. Repeating the call continues, and changes nothing
     * once it is complete.
     *
     * @param request since when, until when and for how many users; null is rejected
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
     * Sends a test message to a phone, at most five an hour. Requires the role to manage the realm. It waits for the gateway.
     *
     * @param request to which number; null is rejected
     * @throws ErrorResponseException 400 if the number or the settings are not usable, 429 after five tests in an hour, 503 if
     *     the test cannot be counted
     */
    @POST
    @Path("sms/test")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public SmsTestRepresentation testSms(@Nullable SmsTestRequest request) {
        permissions.realm().requireManageRealm();
        PhoneNumber number =
                (request == null ? new SmsTestRequest(null) : request).requireNumber(SmsCodePolicy.of(realm));
        SmsSenders.problem(session, realm).ifPresent(problem -> {
            throw ErrorResponse.error(problem, Response.Status.BAD_REQUEST);
        });
        SmsTestRepresentation result = SmsTestRepresentation.of(send(number));
        events.operation(OperationType.ACTION)
                .resource(ResourceType.REALM)
                .resourcePath(session.getContext().getUri())
                .representation(result)
                .success();
        return result;
    }

    private SmsOutcome send(PhoneNumber number) {
        try {
            return new TestMessageSending(session, realm)
                    .send(number)
                    .orElseThrow(() -> ErrorResponse.error(
                            "There were %d test messages in this hour. Try again later"
                                    .formatted(TestMessageSending.MOST_AN_HOUR),
                            Response.Status.TOO_MANY_REQUESTS));
        } catch (StoreUnavailableException e) {
            throw ErrorResponse.error(
                    "The test cannot be counted, so nothing was sent: the cache or database does not answer. Try again",
                    Response.Status.SERVICE_UNAVAILABLE);
        }
    }

    /**
     * Sets up the realm for backup codes. Requires the right to manage the realm. Repeating the call changes nothing.
     *
     * @param dryRun  whether to report only what would be done
     * @param options what to set up; null for the defaults
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
