package io.github.backupcodes.sms;

import io.github.backupcodes.challenge.ChallengePurpose;
import io.github.backupcodes.challenge.factor.SendingClaims;
import io.github.backupcodes.challenge.factor.VerificationCodeFactor;
import io.github.backupcodes.challenge.store.ChallengeResult;
import io.github.backupcodes.challenge.store.MessageChannel;
import io.github.backupcodes.challenge.store.SendingClaim;
import io.github.backupcodes.metrics.BackupCodesMetrics;
import io.github.backupcodes.notification.NotificationContext;
import io.github.backupcodes.policy.SmsCodePolicy;
import io.github.backupcodes.sms.number.StoredPhoneNumber;
import io.github.backupcodes.sms.sender.SmsSenders;
import io.github.backupcodes.support.CredentialTypes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The second factor whose codes are sent by text message. */
final class SmsCodeFactor implements VerificationCodeFactor {

    /** The name in metrics and events. */
    static final String CHANNEL = "sms";

    /** Different numbers that one user may try in a day. */
    private static final int SETUP_USER_DAY = 3;

    private final BackupCodesMetrics metrics = BackupCodesMetrics.ofThisServer();

    @Override
    public String type() {
        return CredentialTypes.SMS_CODE;
    }

    @Override
    public String requiredAction() {
        return SmsCodePolicy.REQUIRED_ACTION;
    }

    @Override
    public String channel() {
        return CHANNEL;
    }

    @Override
    public String field() {
        return "smsCode";
    }

    @Override
    public String suffix() {
        return "Sms";
    }

    @Override
    public String icon() {
        return "fa fa-comment";
    }

    /** A gateway that hangs delays no other realm. */
    @Override
    public int sendingThreads() {
        return 8;
    }

    @Override
    public SmsCodePolicy policy(RealmModel realm) {
        return SmsCodePolicy.of(realm);
    }

    @Override
    public boolean hasSender(KeycloakSession session, RealmModel realm) {
        return !policy(realm).countries().isEmpty()
                && SmsSenders.problem(session, realm).isEmpty();
    }

    /** An administrator may have taken the country off the list. */
    @Override
    public boolean isConfirmed(KeycloakSession session, UserModel user, String destination) {
        return new StoredPhoneNumber(destination)
                .isOf(policy(session.getContext().getRealm()).countries());
    }

    @Override
    public String masked(String destination) {
        return new StoredPhoneNumber(destination).masked();
    }

    @Override
    public @Nullable String label(String destination) {
        return new StoredPhoneNumber(destination).label();
    }

    @Override
    public List<SendingClaim> signInClaims(RealmModel realm, UserModel user) {
        SmsCodePolicy policy = policy(realm);
        return new SendingClaims(realm, type(), ChallengePurpose.SIGN_IN)
                .hourly("user", policy.signInHour(), user.getId())
                .daily("user", policy.signInDay(), user.getId())
                .hourly(SendingClaims.REALM, policy.signInRealmHour(), "")
                .daily(SendingClaims.REALM, policy.signInRealmDay(), "")
                .list();
    }

    @Override
    public List<SendingClaim> setupClaims(RealmModel realm, UserModel user, String destination, String network) {
        SmsCodePolicy policy = policy(realm);
        return new SendingClaims(realm, type(), ChallengePurpose.SET_UP)
                .hourly("destination", policy.numberHour(), destination)
                .daily("destination", policy.numberDay(), destination)
                .hourly("address", policy.setupAddressHour(), network)
                .daily(SendingClaims.CALLING_CODE, policy.callingCodeDay(), callingCode(destination))
                .hourly(SendingClaims.REALM, policy.setupRealmHour(), "")
                .daily(SendingClaims.REALM, policy.setupRealmDay(), "")
                .list();
    }

    @Override
    public List<SendingClaim> firstSetupClaims(RealmModel realm, UserModel user) {
        return new SendingClaims(realm, type(), ChallengePurpose.SET_UP)
                .daily("user", SETUP_USER_DAY, user.getId())
                .list();
    }

    private static String callingCode(String destination) {
        return String.valueOf(new StoredPhoneNumber(destination).callingCode().orElse(0));
    }

    @Override
    public MessageChannel messages(KeycloakSession session, UserModel user, ChallengePurpose purpose) {
        return new SmsCodeChannel(NotificationContext.of(session, user), purpose, this);
    }

    @Override
    public void entered(RealmModel realm, String destination, ChallengeResult.Outcome outcome) {
        if (outcome == ChallengeResult.Outcome.ACCEPTED) {
            count(realm.getName(), countedCallingCode(realm, destination), "accepted");
        }
    }

    /** The calling code by which messages to a number are counted; {@code other} if no allowed country has it. */
    String countedCallingCode(RealmModel realm, String destination) {
        boolean allowed = new StoredPhoneNumber(destination)
                .hasCallingCodeOf(policy(realm).countries());
        return allowed ? callingCode(destination) : "other";
    }

    /** Counts a message by its {@linkplain #countedCallingCode calling code}: many that are never entered are the sign of fraud. */
    void count(String realmName, String callingCode, String outcome) {
        metrics.sms(realmName, callingCode, outcome);
    }
}
