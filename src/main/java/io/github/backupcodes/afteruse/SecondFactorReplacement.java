package io.github.backupcodes.afteruse;

import io.github.backupcodes.flow.SecondFactorCredentials;
import io.github.backupcodes.loginstrength.SignInStrength;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.signin.EventDetails;
import io.github.backupcodes.support.RequiredActions;
import jakarta.ws.rs.WebApplicationException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.requiredactions.DeleteCredentialAction;
import org.keycloak.authentication.requiredactions.util.CredentialDeleteHelper;
import org.keycloak.credential.CredentialModel;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Removes old second factors once a new one was set up: those that the user had when the code was used, and selected
 * for removal. Their ids are stored in the authentication session; an id is not secret. If nothing new is set up,
 * nothing is removed.
 */
final class SecondFactorReplacement {

    private static final String KNOWN_NOTE = "backup-codes.known-factors";
    private static final String LEAVING_TYPE_NOTE = "backup-codes.leaving-type";
    private static final String LEAVING_NOTE = "backup-codes.leaving-factors";
    private static final String SEPARATOR = " ";

    private final RequiredActionContext context;
    private final AuthenticationSessionModel signIn;
    private final SignInStrength strength;

    SecondFactorReplacement(RequiredActionContext context, SignInStrength strength) {
        this.context = context;
        this.signIn = context.getAuthenticationSession();
        this.strength = strength;
    }

    /** Records the current second factors, once, before any action of this sign-in can create a new one. */
    void remember() {
        if (signIn.getAuthNote(KNOWN_NOTE) == null) {
            // type by type: Keycloak has these cached, but queries for the list of all once a code was used
            saveNote(
                    KNOWN_NOTE,
                    new SecondFactorCredentials(context.getSession())
                            .types().stream().flatMap(this::stored).map(CredentialModel::getId));
        }
    }

    /** The credentials that can be removed when one of a type is set up; empty if users may not delete credentials. */
    List<CredentialModel> removable(String type) {
        if (RequiredActions.alias(context.getRealm(), DeleteCredentialAction.PROVIDER_ID)
                .isEmpty()) {
            return List.of();
        }
        Set<String> known = noted(KNOWN_NOTE);
        return stored(type)
                .filter(credential -> known.contains(credential.getId()))
                .toList();
    }

    /** Whether a credential of a type was created in this sign-in. */
    boolean isReplaced(String type) {
        Set<String> known = noted(KNOWN_NOTE);
        return stored(type).anyMatch(credential -> !known.contains(credential.getId()));
    }

    /** Whether a credential of a type was removed in this sign-in, because the user selected it. */
    boolean isRemoved(String type) {
        return isSelected(type)
                && noted(LEAVING_NOTE).stream().anyMatch(id -> stored(type)
                        .noneMatch(credential -> credential.getId().equals(id)));
    }

    /**
     * Records which credentials the user wants to remove.
     *
     * @param type the type of what is set up
     * @param ids  the submitted ids; only those that were offered count. Null for none
     */
    void markForRemoval(String type, @Nullable Collection<String> ids) {
        signIn.setAuthNote(LEAVING_TYPE_NOTE, type);
        saveNote(
                LEAVING_NOTE,
                removable(type).stream().map(CredentialModel::getId).filter(id -> ids != null && ids.contains(id)));
    }

    /**
     * Whether the user wants to remove a credential: what was selected before a set-up that was cancelled; until then, the
     * only one of its type, because the user has come here to replace it.
     *
     * @param credential one of {@link #removable}
     * @param only       whether it is the only one of its type
     */
    boolean isMarked(CredentialModel credential, boolean only) {
        return isSelected(credential.getType()) ? noted(LEAVING_NOTE).contains(credential.getId()) : only;
    }

    /** Whether the user has started the set-up of a type, and said then what to remove. */
    boolean isSelected(String type) {
        return type.equals(signIn.getAuthNote(LEAVING_TYPE_NOTE));
    }

    /** Removes the recorded credentials, if a new one of their type exists. */
    void removeReplaced() {
        String type = signIn.getAuthNote(LEAVING_TYPE_NOTE);
        if (type != null && isReplaced(type)) {
            Set<String> removals = noted(LEAVING_NOTE);
            removable(type).stream()
                    .filter(credential -> removals.contains(credential.getId()))
                    .forEach(this::remove);
        }
    }

    /** Removes with the checks and events of Keycloak's own action {@code delete_credential}. */
    private void remove(CredentialModel credential) {
        EventBuilder event = context.getEvent()
                .clone()
                .event(EventType.REMOVE_CREDENTIAL)
                .user(context.getUser())
                .removeDetail(EventDetails.REMAINING)
                .detail(Details.CUSTOM_REQUIRED_ACTION, BackupCodesPolicy.REQUIRED_ACTION)
                .detail(Details.CREDENTIAL_TYPE, credential.getType())
                .detail(Details.CREDENTIAL_ID, credential.getId())
                .detail(Details.CREDENTIAL_USER_LABEL, credential.getUserLabel());
        try {
            CredentialDeleteHelper.removeCredential(
                    context.getSession(), context.getUser(), credential.getId(), strength::level);
            event.clone().success();
            if (OTPCredentialModel.TYPE.equals(credential.getType())) {
                removeTotp(event).success();
            }
        } catch (WebApplicationException e) {
            event.detail(Details.REASON, e.getMessage()).error(Errors.DELETE_CREDENTIAL_FAILED);
        }
    }

    /** Keycloak has deprecated this event, but still sends it. */
    @SuppressWarnings("deprecation")
    private static EventBuilder removeTotp(EventBuilder event) {
        return event.event(EventType.REMOVE_TOTP);
    }

    private Stream<CredentialModel> stored(String type) {
        return context.getUser().credentialManager().getStoredCredentialsByTypeStream(type);
    }

    private void saveNote(String note, Stream<String> ids) {
        signIn.setAuthNote(note, ids.collect(Collectors.joining(SEPARATOR)));
    }

    private Set<String> noted(String note) {
        String ids = signIn.getAuthNote(note);
        return ids == null || ids.isEmpty() ? Set.of() : Set.of(ids.split(SEPARATOR, -1));
    }
}
