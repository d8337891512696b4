package io.github.backupcodes.loginstrength;

import io.github.backupcodes.code.FactorRank;
import io.github.backupcodes.flow.AcceptedCredentialTypes;
import io.github.backupcodes.flow.SecondFactorCredentials;
import io.github.backupcodes.support.CredentialTypes;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.WebAuthnConstants;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.credential.CredentialModel;
import org.keycloak.events.Details;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.DefaultActionTokenKey;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.models.utils.AuthenticationFlowResolver;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Records whether a credential that is stronger than the password was used: a second factor, a passkey or a code, ours
 * or Keycloak's. This is the only definition of that, wherever a sign-in is judged by what it used.
 *
 * <p>Only credentials that were really used count, not what a form also accepts. When the sign-in is accepted, a note
 * with the time and the user is stored for its session: a user who is later found by the cookie has used what this note
 * says. A session without the note, such as one of an earlier version, has used nothing. The note also has the rank of what was used;
 * earlier versions wrote none, when all that counted was strong.
 */
public final class StrongCredentialUse {

    private static final String NOTE = "backup-codes.strong-sign-in";
    private static final String NONE = "none";

    /** That this sign-in was judged. Later requests of it may have removed what was used, and their events name other credentials. */
    private static final String JUDGED = "backup-codes.sign-in-judged";

    /** What the backup code was worth that was used in the sign-in: the rank of its set. */
    private static final String CODE_NOTE = "backup-codes.used-rank";

    private static final String SEPARATOR = " ";

    private final RequiredActionContext context;
    private final RealmModel realm;
    private final AuthenticationSessionModel signIn;

    /** Takes the context of a required action in the sign-in. */
    public StrongCredentialUse(RequiredActionContext context) {
        this.context = context;
        this.realm = context.getRealm();
        this.signIn = context.getAuthenticationSession();
    }

    /**
     * Called when the sign-in is accepted: records the use, once. A sign-in that was not found by its cookie is judged
     * by itself.
     */
    public void mark() {
        if (signIn.getUserSessionNotes().containsKey(NOTE) || signIn.getAuthNote(JUDGED) != null) {
            return;
        }
        signIn.setAuthNote(JUDGED, context.getUser().getId());
        Set<String> types = types();
        FactorRank rank = types.isEmpty() ? FactorRank.NONE : rank(types);
        if (AuthenticatorUtil.isSSOAuthentication(signIn)) {
            UserSessionModel session = new SignInStrength(context).ssoSession();
            FactorRank before = session == null ? FactorRank.NONE : rankIn(session.getNote(NOTE), context.getUser());
            if (rank == FactorRank.NONE || rank.isBelow(before)) {
                // the session keeps its better note
                return;
            }
        }
        signIn.setUserSessionNote(NOTE, rank == FactorRank.NONE ? NONE : note(rank));
    }

    private String note(FactorRank rank) {
        return new LoginStart(context).startedAt().getEpochSecond()
                + SEPARATOR
                + context.getUser().getId()
                + SEPARATOR
                + rank.storedValue();
    }

    /** Records in the sign-in what a backup code was worth that was used in it; of several the lowest counts. */
    public static void recordCode(AuthenticationSessionModel signIn, FactorRank rank) {
        FactorRank before = FactorRank.ofStored(signIn.getAuthNote(CODE_NOTE)).orElse(rank);
        signIn.setAuthNote(CODE_NOTE, before.orLower(rank).storedValue());
    }

    /** The highest rank of what was used. */
    private FactorRank rank(Set<String> types) {
        FactorRank code = types.contains(CredentialTypes.BACKUP_CODES) ? rankOfCode() : FactorRank.NONE;
        if (code == FactorRank.STRONG) {
            return code;
        }
        UserFactorRank factors = new UserFactorRank(context.getSession(), context.getUser());
        return code.orHigher(FactorRank.highest(types.stream()
                .filter(type -> !CredentialTypes.BACKUP_CODES.equals(type))
                .map(type -> factors.ofUsed(type, this::isUsedInThisRequest))));
    }

    /**
     * Whether the event of the request names this credential. Keycloak's forms write the id into the event before they verify, and the
     * sign-in goes on in that request only if the credential was valid (OTPFormAuthenticator, WebAuthnAuthenticator).
     */
    private boolean isUsedInThisRequest(CredentialModel credential) {
        Map<String, String> details = context.getEvent().getEvent().getDetails();
        if (details == null) {
            return false;
        }
        String key = details.get(WebAuthnConstants.PUBKEY_CRED_ID_ATTR);
        return switch (credential.getType()) {
            case OTPCredentialModel.TYPE -> credential.getId().equals(details.get(Details.SELECTED_CREDENTIAL_ID));
            case WebAuthnCredentialModel.TYPE_TWOFACTOR, WebAuthnCredentialModel.TYPE_PASSWORDLESS ->
                key != null && key.equals(encodedKeyId(credential));
            default -> false;
        };
    }

    /** Keycloak stores the id in another alphabet than that of the event. */
    private static String encodedKeyId(CredentialModel credential) {
        String stored = WebAuthnCredentialModel.createFromCredentialModel(credential)
                .getWebAuthnCredentialData()
                .getCredentialId();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Base64.getMimeDecoder().decode(stored));
    }

    /** A server of an earlier version has recorded no rank. */
    private FactorRank rankOfCode() {
        String note = signIn.getAuthNote(CODE_NOTE);
        return note == null ? FactorRank.STRONG : FactorRank.ofStored(note).orElse(FactorRank.WEAK);
    }

    /** Whether any such credential was used when this sign-in was accepted. */
    boolean isThere() {
        return shown(null) != FactorRank.NONE;
    }

    /**
     * The rank of what was used in the sign-in or in its session.
     *
     * @param session the session of the sign-in; null for a new one
     */
    FactorRank shown(@Nullable UserSessionModel session) {
        return rankIn(signIn, session, context.getUser());
    }

    /** The rank of what a user has used in a sign-in or in its session, of which either may be missing. */
    static FactorRank rankIn(
            @Nullable AuthenticationSessionModel signIn, @Nullable UserSessionModel session, UserModel user) {
        FactorRank own = signIn == null
                ? FactorRank.NONE
                : rankIn(signIn.getUserSessionNotes().get(NOTE), user);
        return session == null ? own : own.orHigher(rankIn(session.getNote(NOTE), user));
    }

    /** When a credential of at least that rank was last used, in the session or in the sign-in itself. */
    Optional<Instant> lastIn(UserSessionModel session, FactorRank atLeast) {
        return Stream.of(signIn.getUserSessionNotes().get(NOTE), session.getNote(NOTE))
                .filter(note -> !rankIn(note, context.getUser()).isBelow(atLeast))
                .map(note -> parts(note, context.getUser()))
                .flatMap(Optional::stream)
                .map(parts -> Instant.ofEpochSecond(Long.parseLong(parts[0])))
                .max(Comparator.naturalOrder());
    }

    /** A rank that only a later version knows counts as the lowest. */
    private static FactorRank rankIn(@Nullable String note, UserModel user) {
        return parts(note, user)
                .map(parts -> parts.length == 2
                        ? FactorRank.STRONG
                        : FactorRank.ofStored(parts[2]).orElse(FactorRank.WEAK))
                .orElse(FactorRank.NONE);
    }

    private static Optional<String[]> parts(@Nullable String note, UserModel user) {
        String[] parts = note == null || NONE.equals(note) ? new String[0] : note.split(SEPARATOR, -1);
        return (parts.length == 2 || parts.length == 3) && parts[1].equals(user.getId())
                ? Optional.of(parts)
                : Optional.empty();
    }

    /**
     * The types that this sign-in has used. Keycloak's authenticators and ours record them; for authenticators of other
     * extensions, which do not, the category counts once they are completed.
     */
    Set<String> types() {
        AcceptedCredentialTypes accepted = new AcceptedCredentialTypes(context.getSession(), realm);
        List<AuthenticationExecutionModel> completed = completed();
        Set<String> used = new HashSet<>();
        AuthenticatorUtil.getAuthnCredentials(signIn).stream()
                .filter(type -> !isIdentifiedExternally()
                        || completed.stream().anyMatch(done -> accepted.of(done).contains(type)))
                .forEach(used::add);
        completed.forEach(done -> accepted.categoryOfExtension(done).ifPresent(used::add));
        used.remove(PasswordCredentialModel.TYPE);
        if (!used.isEmpty()) {
            used.retainAll(new SecondFactorCredentials(context.getSession()).strongTypes());
        }
        return used;
    }

    /** The executions that were completed in this sign-in, without those that were completed in its session before. */
    private List<AuthenticationExecutionModel> completed() {
        return signIn.getExecutionStatus().entrySet().stream()
                .filter(status -> status.getValue() == AuthenticationSessionModel.ExecutionStatus.SUCCESS)
                .map(status -> realm.getAuthenticationExecutionById(status.getKey()))
                .filter(done -> done != null && done.getAuthenticator() != null)
                .filter(done -> !isIdentifiedExternally() || !isOfBrowserFlow(done))
                .toList();
    }

    /**
     * Whether an identity provider or a mail determines the user: what was completed before, at the forms of the
     * browser flow, may have been another user's.
     */
    private boolean isIdentifiedExternally() {
        return signIn.getUserSessionNotes().containsKey(Details.IDENTITY_PROVIDER)
                || signIn.getAuthNote(DefaultActionTokenKey.ACTION_TOKEN_USER_ID) != null;
    }

    private boolean isOfBrowserFlow(AuthenticationExecutionModel execution) {
        AuthenticationFlowModel browser = AuthenticationFlowResolver.resolveBrowserFlow(signIn);
        return AuthenticatorUtil.getTopParentFlow(realm, execution).getId().equals(browser.getId());
    }
}
