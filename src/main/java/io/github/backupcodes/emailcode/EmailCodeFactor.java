package io.github.backupcodes.emailcode;

import io.github.backupcodes.challenge.ChallengePurpose;
import io.github.backupcodes.challenge.factor.SendingClaims;
import io.github.backupcodes.challenge.factor.VerificationCodeFactor;
import io.github.backupcodes.challenge.store.MessageChannel;
import io.github.backupcodes.challenge.store.SendingClaim;
import io.github.backupcodes.notification.NotificationContext;
import io.github.backupcodes.policy.EmailCodePolicy;
import io.github.backupcodes.support.CredentialTypes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The second factor whose codes are sent by e-mail. */
final class EmailCodeFactor implements VerificationCodeFactor {

    private static final int SETUP_DESTINATION_HOUR = 5;
    private static final int SETUP_DESTINATION_DAY = 10;
    private static final int SETUP_USER_HOUR = 10;

    @Override
    public String type() {
        return CredentialTypes.EMAIL_CODE;
    }

    @Override
    public String requiredAction() {
        return EmailCodePolicy.REQUIRED_ACTION;
    }

    @Override
    public String channel() {
        return EmailCodeMail.CHANNEL;
    }

    @Override
    public String field() {
        return "emailCode";
    }

    @Override
    public String suffix() {
        return "Email";
    }

    @Override
    public String icon() {
        return "fa fa-envelope";
    }

    /** A mail server that hangs delays no other realm. */
    @Override
    public int sendingThreads() {
        return 4;
    }

    @Override
    public EmailCodePolicy policy(RealmModel realm) {
        return EmailCodePolicy.of(realm);
    }

    @Override
    public boolean hasSender(KeycloakSession session, RealmModel realm) {
        return realm.getSmtpConfig().get("host") != null;
    }

    @Override
    public boolean isConfirmed(KeycloakSession session, UserModel user, String destination) {
        return EmailAddress.verifiedOf(user).filter(destination::equals).isPresent();
    }

    @Override
    public String masked(String destination) {
        return EmailAddress.masked(destination);
    }

    @Override
    public @Nullable String label(String destination) {
        return null;
    }

    @Override
    public List<SendingClaim> signInClaims(RealmModel realm, UserModel user) {
        EmailCodePolicy policy = policy(realm);
        return new SendingClaims(realm, type(), ChallengePurpose.SIGN_IN)
                .hourly("user", policy.signInHour(), user.getId())
                .daily("user", policy.signInDay(), user.getId())
                .hourly(SendingClaims.REALM, policy.signInRealmHour(), "")
                .list();
    }

    /** All accounts together may have so many messages sent to one address. */
    @Override
    public List<SendingClaim> setupClaims(RealmModel realm, UserModel user, String destination, String network) {
        EmailCodePolicy policy = policy(realm);
        return new SendingClaims(realm, type(), ChallengePurpose.SET_UP)
                .hourly("destination", SETUP_DESTINATION_HOUR, destination)
                .daily("destination", SETUP_DESTINATION_DAY, destination)
                .hourly("user", SETUP_USER_HOUR, user.getId())
                .hourly("address", policy.setupAddressHour(), network)
                .hourly(SendingClaims.REALM, policy.setupRealmHour(), "")
                .list();
    }

    @Override
    public MessageChannel messages(KeycloakSession session, UserModel user, ChallengePurpose purpose) {
        return new EmailCodeMail(NotificationContext.of(session, user), purpose);
    }
}
