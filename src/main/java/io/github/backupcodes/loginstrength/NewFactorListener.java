package io.github.backupcodes.loginstrength;

import io.github.backupcodes.code.FactorRank;
import io.github.backupcodes.credential.store.CredentialLockedException;
import io.github.backupcodes.credential.store.CredentialRowStore;
import io.github.backupcodes.credential.store.NewFactorStore;
import io.github.backupcodes.flow.FactorRanks;
import io.github.backupcodes.flow.SecondFactorCredentials;
import io.github.backupcodes.notification.Notification;
import io.github.backupcodes.notification.NotificationProvider;
import io.github.backupcodes.policy.BackupCodesPolicy;
import io.github.backupcodes.policy.EmailCodePolicy;
import io.github.backupcodes.policy.LoginVerificationPolicy;
import io.github.backupcodes.policy.SmsCodePolicy;
import io.github.backupcodes.support.CredentialEventDetails;
import io.github.backupcodes.support.CredentialTypes;
import io.github.backupcodes.support.RequiredActions;
import io.github.backupcodes.support.SimpleProviderFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialTypeMetadata;
import org.keycloak.credential.CredentialTypeMetadataContext;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Notices that a factor was added or removed after a weaker sign-in than its user could have made. Keycloak's own pages add factors whatever the
 * sign-in was, so a thief with the password and the mailbox could add an app and then have a strong factor. Such a factor counts as the
 * sign-in for some hours ({@link NewFactorStore}), and the user gets a mail.
 */
public final class NewFactorListener
        implements EventListenerProviderFactory, SimpleProviderFactory<EventListenerProvider> {

    private static final String ID = "backup-codes-new-factors";

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new Listener(session);
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public String getId() {
        return ID;
    }

    private record Listener(KeycloakSession session) implements EventListenerProvider {

        @Override
        public void onEvent(Event event) {
            if (event.getError() != null || event.getDetails() == null) {
                return;
            }
            if (event.getType() == EventType.UPDATE_CREDENTIAL) {
                onUpdate(event);
            } else if (event.getType() == EventType.REMOVE_CREDENTIAL
                    && !event.getDetails().containsKey(Details.REASON)) {
                onRemoval(event);
            }
        }

        /** A session that removes a stronger factor than it has shown must not profit from its absence. */
        private void onRemoval(Event event) {
            RealmModel realm = session.getContext().getRealm();
            String id = CredentialEventDetails.id(event);
            if (id == null || realm == null || !isUsedIn(realm)) {
                return;
            }
            UserModel user = session.users().getUserById(realm, event.getUserId());
            if (user == null) {
                return;
            }
            String recorded = event.getDetails().get(Details.CREDENTIAL_TYPE);
            String type = recorded == null
                    ? new CredentialRowStore(session).typeOfDeleted(user, id).orElse("")
                    : recorded;
            // codes are no factor that a user could have used instead
            if (!isFactor(type) || RecoveryAuthnCodesCredentialModel.TYPE.equals(type)) {
                return;
            }
            FactorRank rank = new UserFactorRank(session, user).ofRemoved(type, id);
            AuthenticationSessionModel signIn = session.getContext().getAuthenticationSession();
            if (StrongCredentialUse.rankIn(signIn, userSession(realm, signIn, event), user)
                    .isBelow(rank)) {
                record(realm, until -> new NewFactorStore(session, user).addRemoved(rank, until));
                // factors whose codes are sent have a mail of their own for that
                if (!CredentialTypes.SENT_CODES.contains(type)) {
                    notify(user, new Notification.StrongerFactorRemoved(name(user, type)));
                }
            }
        }

        private void onUpdate(Event event) {
            RealmModel realm = session.getContext().getRealm();
            String type = event.getDetails().get(Details.CREDENTIAL_TYPE);
            if (type == null || realm == null || !isUsedIn(realm) || !canGainRank(realm, type)) {
                return;
            }
            UserModel user = session.users().getUserById(realm, event.getUserId());
            if (user != null) {
                check(realm, user, type, event);
            }
        }

        /** Realms that do not use this extension keep no record of what a sign-in was worth. */
        private static boolean isUsedIn(RealmModel realm) {
            return Stream.of(
                            BackupCodesPolicy.REQUIRED_ACTION,
                            LoginVerificationPolicy.REQUIRED_ACTION,
                            EmailCodePolicy.REQUIRED_ACTION,
                            SmsCodePolicy.REQUIRED_ACTION)
                    .anyMatch(action -> RequiredActions.alias(realm, action).isPresent());
        }

        private boolean isFactor(String type) {
            return !CredentialTypes.BACKUP_CODES.equals(type)
                    && new SecondFactorCredentials(session).strongTypes().contains(type);
        }

        /** Backup codes keep the rank of their sign-in by themselves. */
        private boolean canGainRank(RealmModel realm, String type) {
            return isFactor(type)
                    && FactorRank.WEAK.isBelow(FactorRanks.of(realm).of(type));
        }

        private void check(RealmModel realm, UserModel user, String type, Event event) {
            Optional<String> added = added(user, type, event.getDetails());
            if (added.isEmpty()) {
                return;
            }
            AuthenticationSessionModel signIn = session.getContext().getAuthenticationSession();
            UserSessionModel userSession = userSession(realm, signIn, event);
            FactorRank shown = StrongCredentialUse.rankIn(signIn, userSession, user);
            Set<String> ofThisSignIn = new HashSet<>(CreatedCredentialsNote.ids(signIn, userSession));
            ofThisSignIn.add(added.get());
            if (shown.isBelow(new UserFactorRank(session, user).bestWithout(ofThisSignIn))) {
                record(realm, until -> new NewFactorStore(session, user).add(added.get(), shown, until));
                notify(user, new Notification.WeakFactorAdded(added.get(), name(user, type)));
            }
        }

        private void notify(UserModel user, Notification notification) {
            NotificationProvider.of(session).notify(user, notification);
        }

        /** A message key or, in some extensions, the text itself. */
        private String name(UserModel user, String type) {
            CredentialTypeMetadataContext context =
                    CredentialTypeMetadataContext.builder().user(user).build(session);
            return AuthenticatorUtil.getCredentialProviders(session)
                    .filter(provider -> provider.supportsCredentialType(type))
                    .map(provider -> provider.getCredentialTypeMetadata(context))
                    .filter(Objects::nonNull)
                    .map(CredentialTypeMetadata::getDisplayName)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(type);
        }

        /** If the row cannot be locked the factor is not added or removed either: that would count fully. */
        private void record(RealmModel realm, Consumer<Instant> entry) {
            Duration time = LoginVerificationPolicy.of(realm).newFactor();
            if (time.isZero()) {
                return;
            }
            try {
                entry.accept(Instant.now().plus(time));
            } catch (CredentialLockedException e) {
                session.getTransactionManager().setRollbackOnly();
                throw e;
            }
        }

        /** The credential of the type that this request has created: the newest, if the event does not name it. */
        private static Optional<String> added(UserModel user, String type, Map<String, String> details) {
            String id = details.get(Details.CREDENTIAL_ID);
            return user.credentialManager()
                    .getStoredCredentialsByTypeStream(type)
                    .filter(CreatedCredentialsNote::isOfThisRequest)
                    .filter(found -> id == null || id.equals(found.getId()))
                    .max(Comparator.comparing(CredentialModel::getCreatedDate))
                    .map(CredentialModel::getId);
        }

        private @Nullable UserSessionModel userSession(
                RealmModel realm, @Nullable AuthenticationSessionModel signIn, Event event) {
            String id = signIn == null
                    ? event.getSessionId()
                    : signIn.getParentSession().getId();
            UserSessionModel found = id == null ? null : session.sessions().getUserSession(realm, id);
            return found != null && found.getUser().getId().equals(event.getUserId()) ? found : null;
        }

        @Override
        public void onEvent(AdminEvent event, boolean includeRepresentation) {}

        @Override
        public void close() {}
    }
}
