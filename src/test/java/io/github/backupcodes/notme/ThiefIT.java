package io.github.backupcodes.notme;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.MailServer;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.Event;
import io.github.backupcodes.support.realm.HttpPage;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a thief with password and code has done, and is about to do, when the owner says: it was not me. */
class ThiefIT {

    private static final String FORM = "#backup-codes-not-me";
    private static final String DONE = "#backup-codes-not-me-done";
    private static final String CONTINUE = "#backup-code-used-form";
    private static final String SET_UP_APP = "CONFIGURE_TOTP";
    private static final String PASSKEY = "webauthn-passwordless";
    private static final int ROUNDS = 8;

    private static final TestCodeSet CODES = TestCodeSet.of(10);

    @AutoClose
    private static final MailServer mails = MailServer.start();

    @AutoClose
    private static final TestRealm realm = TestRealm.builder()
            .with("smtpServer", mails.smtp())
            .codesForEverybody()
            .create();

    @Test
    void anAppThatTheThiefHasAddedGoesAndTheOwnersStays() {
        TestUser user = realm.user("alice").otp().codes(CODES).create();
        String own = otps(user).get(0);
        LoginClient thief = entered(user);
        setUp(thief, Map.of());
        thief.continueSignIn();
        assertThat(otps(user)).hasSize(2);

        HttpPage done = notMe(user);

        assertThat(done.text(DONE))
                .contains(Messages.of("backupCodesNotMeFactorsDone"), Messages.of("backupCodesNotMeNewPassword"));
        assertThat(otps(user)).containsExactly(own);
        assertThat(isEnabled(user)).isTrue();
        assertThat(user.admin().events("REMOVE_CREDENTIAL"))
                .extracting(event -> Event.detail(event, "credential_type"))
                .contains(BackupCodesNames.CREDENTIAL, "otp");
        Clocks.awaitNotBefore(user);
        LoginClient owner = realm.signInWithApp(user);
        owner.assertHas(Selectors.NEW_PASSWORD_FORM);
    }

    /** Or else the password, which the thief knows, would be all that it takes. */
    @Test
    void whereTheThiefHasReplacedTheLastAppTheAccountIsLocked() {
        TestUser user = realm.user("bob").otp().codes(CODES).create();
        LoginClient thief = entered(user);
        setUp(thief, Map.of("removeOld", otps(user).get(0)));
        thief.continueSignIn();
        assertThat(otps(user)).hasSize(1);

        HttpPage done = notMe(user);

        assertThat(done.text(DONE)).contains(Messages.of("backupCodesNotMeLocked"));
        assertThat(otps(user)).isEmpty();
        assertThat(isEnabled(user)).isFalse();
        assertThat(user.admin().requiredActions()).containsExactly("UPDATE_PASSWORD");
        Event.assertOnly(user.admin().events("EXECUTE_ACTION_TOKEN"), Map.of("backup_codes_account", "disabled"));
        LoginClient again = realm.newBrowser();
        again.signIn(user).assertHasNo(Selectors.OTP_FORM);
        again.assertNotSignedIn();
    }

    /** Deleting it takes no more than the session that the code has opened. */
    @Test
    void whereTheThiefHasDeletedTheLastAppTheAccountIsLockedToo() {
        TestUser user = realm.user("bert").otp().codes(CODES).create();
        entered(user).continueSignIn();
        URI link = link(user, Messages.of("backupCodesMailUsedSubject"));
        user.admin().deleteCredentials("otp");

        assertThat(confirm(link).text(DONE)).contains(Messages.of("backupCodesNotMeLocked"));
        assertThat(isEnabled(user)).isFalse();
    }

    /** Whoever deletes the codes may have deleted the second factor before, of which no mail tells. */
    @Test
    void whereTheThiefHasDeletedEverythingTheAccountIsLockedAsWell() {
        TestUser user = realm.user("berta").otp().codes(CODES).create();
        LoginClient thief = entered(user);
        thief.continueSignIn();
        user.admin().deleteCredentials("otp");
        thief.open(Map.of("kc_action", "delete_credential:" + user.admin().credentialId(BackupCodesNames.CREDENTIAL)));
        thief.submit("form:has([name=accept])", Map.of("accept", ""));
        assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL)).isEmpty();

        HttpPage done = notMe(user, Messages.of("backupCodesMailRevokedSubject"));

        assertThat(done.text(DONE)).contains(Messages.of("backupCodesNotMeLocked"));
        assertThat(isEnabled(user)).isFalse();
    }

    /** A thief who sets up everything makes the factor first, and then the codes that the mail tells of. */
    @Test
    void aFactorOfTheSignInThatMadeTheCodesGoesToo() {
        TestUser user = realm.user("carl").create();
        user.admin().require(SET_UP_APP, BackupCodesNames.ACTION);
        LoginClient thief = realm.signIn(user);
        while (!thief.isSignedIn()) {
            if (thief.page().has(Selectors.APP_SETUP_FORM)) {
                scan(thief);
            } else {
                thief.saveCodes();
            }
        }
        assertThat(otps(user)).hasSize(1);

        notMe(user, Messages.of("backupCodesMailMadeSubject"));

        assertThat(otps(user)).isEmpty();
        assertThat(isEnabled(user)).isFalse();
    }

    /** The mail tells of the codes: what another session has set up before they were made is not what it is about. */
    @Test
    void aFactorThatAnotherSessionHasSetUpWhileThePageWasOpenStays() {
        TestUser user = realm.user("cora").otp().codes(CODES).create();
        LoginClient thief = entered(user);
        thief.makeCodes();
        LoginClient owner = realm.signInFor(user, SET_UP_APP);
        owner.otp(user.totp().now());
        scan(owner);
        owner.assertSignedIn();
        List<String> own = otps(user);
        assertThat(own).hasSize(2);
        thief.saveCodes();

        notMe(user, Messages.of("backupCodesMailMadeSubject"));

        assertThat(otps(user)).isEqualTo(own);
        assertThat(isEnabled(user)).isTrue();
        assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL)).isEmpty();
    }

    /** An older passkey stays, and the account is open to its owner; where the thief's was the only one, an administrator decides. */
    @ParameterizedTest(name = "an older passkey is left: {0}")
    @ValueSource(booleans = {true, false})
    void aPasskeyThatTheThiefHasAddedGoesAndTheAccountIsLockedWhereItWasTheLast(boolean older) {
        TestUser user = realm.user(older ? "pia" : "paul").mustGenerateCodes().create();
        LoginClient thief = realm.signIn(user);
        thief.saveCodes();
        thief.assertSignedIn();
        user.admin().update(Map.of("credentials", List.of(passkey(Instant.now()))));
        if (older) {
            user.admin()
                    .update(Map.of("credentials", List.of(passkey(Instant.now().minusSeconds(86_400)))));
        }

        notMe(user, Messages.of("backupCodesMailMadeSubject"));

        assertThat(user.admin().credentials(PASSKEY)).hasSize(older ? 1 : 0);
        assertThat(isEnabled(user)).isEqualTo(older);
        assertThat(user.admin().events("REMOVE_CREDENTIAL")).hasSize(2).allSatisfy(event -> assertThat(
                        Event.detail(event, "credential_id"))
                .hasSize(36));
    }

    private static Map<String, Object> passkey(Instant made) {
        return Map.of(
                "type",
                PASSKEY,
                "userLabel",
                "passkey of " + made,
                "createdDate",
                made.toEpochMilli(),
                "secretData",
                "{}",
                "credentialData",
                "{\"counter\":0,\"credentialId\":\"AA\",\"transports\":[]}");
    }

    /** Mail for the way back goes to the new address: no one may come in by it. */
    @Test
    void theLinkHoldsAfterTheThiefHasChangedTheAddress() {
        TestUser user = realm.user("dora").otp().codes(CODES).create();
        entered(user).continueSignIn();
        URI link = link(user, Messages.of("backupCodesMailUsedSubject"));
        user.admin().update(Map.of("email", "thief@example.org"));

        assertThat(confirm(link).text(DONE)).contains(Messages.of("backupCodesNotMeLocked"));

        assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL)).isEmpty();
        assertThat(user.admin().sessions()).isZero();
        assertThat(isEnabled(user)).isFalse();
    }

    @Test
    void aSignInThatWasRunningComesToNothing() {
        TestUser user = realm.user("emil").otp().codes(CODES).create();
        LoginClient atThePage = entered(user);
        LoginClient atTheApp = realm.enterCode(user, CODES.code(1));
        atTheApp.submit(Selectors.CODE_USED_PAGE + " form:has(#setUpApp)", Map.of("setUp", SET_UP_APP));
        atTheApp.assertHas(Selectors.APP_SETUP_FORM);
        List<String> before = otps(user);

        notMe(user);

        atThePage.continueSignIn();
        scan(atTheApp);
        for (LoginClient thief : List.of(atThePage, atTheApp)) {
            thief.assertNotSignedIn();
            thief.page().assertHasNo(Selectors.NEW_PASSWORD_FORM);
            assertThat(thief.page().status()).isEqualTo(400);
        }
        assertThat(otps(user)).isEqualTo(before);
        assertThat(user.admin().sessions()).isZero();
        assertThat(user.admin().requiredActions()).containsExactly("UPDATE_PASSWORD");
    }

    /** A user who is first: nothing is left to the thief, not even a session that began while the others were ended. */
    @Test
    void aSignInThatIsCompletedAtTheSameMomentComesToNothing() {
        for (int round = 0; round < ROUNDS; round++) {
            TestUser user = realm.user("racer-" + round).otp().codes(CODES).create();
            LoginClient thief = entered(user);
            LoginClient owner = realm.newBrowser();
            owner.get(link(user, Messages.of("backupCodesMailUsedSubject")));
            HttpRequest going = thief.prepare(CONTINUE, Map.of("continue", "true"));
            CompletableFuture<HttpPage> gone = CompletableFuture.supplyAsync(() -> thief.send(going));
            owner.submit(FORM, Map.of()).assertHas(DONE);
            gone.join();

            thief.open();
            thief.assertNotSignedIn();
            thief.page().assertHasNo(Selectors.NEW_PASSWORD_FORM);
        }
    }

    private static LoginClient entered(TestUser user) {
        LoginClient client = realm.enterCode(user, CODES.code(0));
        assertThat(client.isAfterUse()).as("%s", client.page()).isTrue();
        return client;
    }

    private static void setUp(LoginClient client, Map<String, String> more) {
        Map<String, String> fields = new HashMap<>(more);
        fields.put("setUp", SET_UP_APP);
        client.submit(Selectors.CODE_USED_PAGE + " form:has(#setUpApp)", fields);
        scan(client);
    }

    private static void scan(LoginClient client) {
        client.setUpApp("another");
    }

    private static HttpPage notMe(TestUser user) {
        return notMe(user, Messages.of("backupCodesMailUsedSubject"));
    }

    private static HttpPage notMe(TestUser user, String subject) {
        return confirm(link(user, subject));
    }

    private static URI link(TestUser user, String subject) {
        String address = user.username() + "@example.org";
        return URI.create(
                mails.await(mail -> mail.to().equals(address) && mail.subject().equals(subject), subject)
                        .link());
    }

    private static HttpPage confirm(URI link) {
        LoginClient owner = realm.newBrowser();
        assertThat(owner.get(link).text(FORM)).as("%s", owner.page()).contains(Messages.of("backupCodesNotMeFactors"));
        return owner.submit(FORM, Map.of());
    }

    private static List<String> otps(TestUser user) {
        return user.admin().credentials("otp").stream()
                .map(otp -> otp.path("id").asText())
                .toList();
    }

    private static boolean isEnabled(TestUser user) {
        return user.admin().representation().path("enabled").asBoolean();
    }
}
