package io.github.backupcodes.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.backupcodes.race.server.NotificationResourceFactory;
import io.github.backupcodes.support.MailServer;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.Event;
import io.github.backupcodes.support.realm.HelpDeskCode;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestRecoveryCodes;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.SharedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Mails to users, by a real mail server. */
class NotificationsIT {

    private static final String MADE = Messages.of("backupCodesMailMadeSubject");
    private static final String USED = Messages.of("backupCodesMailUsedSubject");
    private static final String FEW = Messages.of("backupCodesMailUsedFewSubject");
    private static final String OLD = Messages.of("backupCodesMailOldSubject");
    private static final String REVOKED = Messages.of("backupCodesMailRevokedSubject");

    private static final String TEMPORARY = "backup-codes-temporary";

    @Test
    void fromNewCodesToTheirEndTheUserIsTold() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails)) {
            TestUser user = realm.user("alice").otp().mustGenerateCodes().create();
            LoginClient making = realm.signInWithApp(user);
            List<String> codes = making.page().backupCodes();
            making.saveCodes();
            MailServer.Mail made = mails.await(MADE);
            assertThat(made.to()).isEqualTo("alice@example.org");
            assertThat(made.text())
                    .contains(Messages.of("backupCodesMailMadeText", "Bakery & Sons"))
                    .contains(Messages.of("backupCodesMailAccount") + ": alice")
                    .contains("127.0.0.1", TestRealm.CLIENT)
                    .contains("\n" + Messages.of("backupCodesMailNotMeLink") + ":\n" + made.link() + "\n")
                    .contains(Messages.of("backupCodesMailNotMePassword"))
                    .contains(Messages.of("backupCodesMailWithoutLink", "Bakery & Sons"))
                    .endsWith(Messages.of("backupCodesHelp") + "\n")
                    .doesNotContain(Messages.of("backupCodesMailReplaced"));
            assertThat(made.html()).contains("Bakery &amp; Sons").contains("lang=\"en\"");

            use(realm, user, codes.get(0));
            assertThat(mails.await(USED).text())
                    .contains(Messages.of("backupCodesMailLeft") + ": 9")
                    .contains("127.0.0.1", TestRealm.CLIENT)
                    .doesNotContain(Messages.of("backupCodesMailFewLeft"));

            realm.admin().configureCodes(Map.of("help-contact", "help@example.org"));
            // one mail, however many old codes are tried
            LoginClient replaying = atCodePage(realm, user);
            replaying.enterBackupCode(codes.get(0));
            replaying.enterBackupCode(codes.get(0));
            MailServer.Mail old = mails.await(OLD);
            assertThat(old.text()).endsWith(Messages.of("backupCodesHelpContact") + " help@example.org\n");
            assertThat(old.html()).contains("href=\"mailto:help@example.org\"");
            replaying.enterBackupCode(codes.get(0));
            replaying.enterBackupCode(TestCodeSet.wrong());
            user.admin().revokeCodes();
            assertThat(mails.await(REVOKED).text()).doesNotContain("127.0.0.1");
            assertThat(mails.mails())
                    .extracting(MailServer.Mail::subject)
                    .containsExactlyInAnyOrder(MADE, USED, OLD, REVOKED);
            String all = mails.mails().toString();
            assertThat(codes).noneMatch(all::contains);
        }
    }

    @Test
    void theMailOfAUsedCodeSaysThatFewAreLeftInTheLanguageOfTheUser() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails)) {
            TestCodeSet codes = TestCodeSet.of(3);
            TestUser user = realm.user("bernd").otp().codes(codes).locale("de").create();
            use(realm, user, codes.code(1));
            MailServer.Mail mail = mails.await(Messages.in("de", "backupCodesMailUsedFewSubject"));
            assertThat(mail.text())
                    .contains(Messages.in("de", "backupCodesMailLeft") + ": 2")
                    .contains(Messages.in("de", "backupCodesMailFewLeft"))
                    .containsPattern("\\d\\. \\p{L}+ 20\\d\\d");
            assertThat(mail.html()).contains("lang=\"de\"");
        }
    }

    @Test
    void whoHasNoLanguageIsWrittenToInThatOfTheSignIn() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails)) {
            TestCodeSet codes = TestCodeSet.of(10);
            TestUser user = realm.user("hans").otp().codes(codes).create();
            LoginClient client = realm.newBrowser();
            client.open(Map.of("ui_locales", "de"));
            client.password(user.username(), user.password());
            client.choose(realm.backupCodeExecution());
            client.enterBackupCode(codes.code(0));
            assertThat(mails.await(Messages.in("de", "backupCodesMailUsedSubject"))
                            .html())
                    .contains("lang=\"de\"");
        }
    }

    @Test
    void onlyAVerifiedAddressOfARealmThatWantsItGetsMail() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails)) {
            TestCodeSet codes = TestCodeSet.of(10);
            TestUser unverified = realm.user("carla")
                    .otp()
                    .codes(codes)
                    .with("emailVerified", false)
                    .create();
            tell(realm, unverified, "kind=USED");
            TestUser user = realm.user("dora").otp().codes(codes).create();
            realm.admin().configureCodes(Map.of("notify-by-email", "false"));
            use(realm, user, codes.code(0));
            realm.admin().configureCodes(Map.of("notify-by-email", "true"));
            tell(realm, user, "kind=FEW");
            mails.await(FEW);
            assertThat(mails.mails())
                    .as("who comes with codes is not told either")
                    .extracting(MailServer.Mail::to)
                    .containsExactly("dora@example.org");
        }
    }

    /** A user who may write users can give codes to any of them: not without that the user hears of it. */
    @Test
    void whoseCodesAnAdministratorImportsIsToldAndItIsOnRecord() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails)) {
            TestCodeSet given = TestCodeSet.of(3);
            TestUser user = realm.user("greta").otp().codes(TestCodeSet.of(3)).create();
            assertThat(realm.admin().events("UPDATE_CREDENTIAL"))
                    .as("came with the user")
                    .isEmpty();

            user.admin().update(Map.of("credentials", List.of(given.credential())));

            MailServer.Mail mail = mails.await(MADE);
            assertThat(mail.text())
                    .contains(Messages.of("backupCodesMailImportedText", "Bakery & Sons"))
                    .contains("/login-actions/action-token?key=")
                    .doesNotContain(Messages.of("backupCodesMailAddress"));
            assertThat(realm.admin().events("UPDATE_CREDENTIAL"))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.path("userId").asText()).isEqualTo(user.id());
                        assertThat(Event.detail(event, "credential_type")).isEqualTo(BackupCodesNames.CREDENTIAL);
                        assertThat(Event.detail(event, "reason")).isEqualTo("backup_codes_imported");
                    });

            Map<String, Object> temporary = new HashMap<>(
                    TestCodeSet.of(1).expiringAt(Instant.now().plusSeconds(600)).credential());
            temporary.put("type", HelpDeskCode.CREDENTIAL);
            user.admin().update(Map.of("credentials", List.of(temporary)));
            mails.await(Messages.of("backupCodesMailTemporarySubject"));
            assertThat(realm.admin().events("UPDATE_CREDENTIAL"))
                    .extracting(event -> Event.detail(event, "credential_type"))
                    .containsExactlyInAnyOrder(BackupCodesNames.CREDENTIAL, HelpDeskCode.CREDENTIAL);
            assertThat(mails.mails()).hasSize(2);
        }
    }

    /** As by the REST of this extension, which is in the first test: one mail each. */
    @Test
    void whoseCodesAreDeletedInAConsoleIsTold() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails)) {
            HelpDeskCode.prepare(realm);
            // as Keycloak's own clients are named
            realm.admin()
                    .put(
                            "/clients/" + realm.admin().clientId(TestRealm.CLIENT),
                            Map.of("clientId", TestRealm.CLIENT, "name", "${client_account-console}"));
            ObjectNode profile = (ObjectNode) realm.admin().get("/users/profile");
            realm.admin().put("/users/profile", profile.put("unmanagedAttributePolicy", "ENABLED"));
            TestUser user = realm.user("petra")
                    .otp()
                    .codes(TestCodeSet.of(3))
                    .with("attributes", Map.of("zoneinfo", List.of("Asia/Tokyo")))
                    .create();
            LoginClient console = realm.signInWithApp(user);
            console.open(
                    Map.of("kc_action", "delete_credential:" + user.admin().credentialId(BackupCodesNames.CREDENTIAL)));
            console.submit("form:has([name=accept])", Map.of("accept", ""));
            MailServer.Mail own = mails.await(REVOKED);
            assertThat(own.to()).isEqualTo("petra@example.org");
            assertThat(own.text())
                    .contains(Messages.of("backupCodesMailDeletedText", "Bakery & Sons"))
                    .contains(Messages.of("backupCodesMailAccount") + ": petra")
                    .contains("127.0.0.1", "(JST)")
                    .contains(Messages.of("backupCodesMailClient") + ": Account Console\n")
                    .contains("/login-actions/action-token?key=");

            TestUser other = realm.user("quentin").codes(TestCodeSet.of(3)).create();
            other.admin().deleteCredentials(BackupCodesNames.CREDENTIAL);
            Predicate<MailServer.Mail> toOther = mail -> mail.to().equals("quentin@example.org");
            assertThat(mails.await(toOther, "codes deleted by an administrator").text())
                    .contains(Messages.of("backupCodesMailRevokedText", "Bakery & Sons"))
                    .doesNotContain("127.0.0.1")
                    .doesNotContain("action-token");
            String temporary = Messages.of("backupCodesMailTemporaryRevokedSubject");
            HelpDeskCode.issue(realm, other);
            other.admin().deleteCredentials(HelpDeskCode.CREDENTIAL);
            mails.await(temporary);
            HelpDeskCode.issue(realm, other);
            other.admin().revokeCodes();
            Awaitility.await("mail")
                    .until(() -> mails.mails().stream()
                                    .filter(mail -> mail.subject().equals(temporary))
                                    .count()
                            == 2);
            other.admin().deleteCredentials("password");
            assertThat(mails.mails()).as("with the two of the issued codes").hasSize(6);
        }
    }

    /** Keycloak answers all of them with success. */
    @Test
    void whoseCodesAreDeletedSeveralTimesAtOnceIsToldOnce() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails)) {
            for (int round = 0; round < 4; round++) {
                TestUser user =
                        realm.user("double" + round).codes(TestCodeSet.of(3)).create();
                String path = "/users/" + user.id() + "/credentials/"
                        + user.admin().credentialId(BackupCodesNames.CREDENTIAL);
                Stream.generate(() -> CompletableFuture.supplyAsync(
                                () -> realm.admin().send("DELETE", path, null).statusCode()))
                        .limit(3)
                        .toList()
                        .forEach(CompletableFuture::join);
            }
            // a later mail of the same queue
            TestUser last = realm.user("last").codes(TestCodeSet.of(3)).create();
            last.admin().deleteCredentials(BackupCodesNames.CREDENTIAL);
            mails.await(mail -> mail.to().equals("last@example.org"), "the last mail");
            assertThat(mails.mails()).hasSize(5);
        }
    }

    @Test
    void aTemporaryCodeIsNotOneOfTheBackupCodes() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails)) {
            HelpDeskCode.prepare(realm);
            TestUser user = realm.user("rita").otp().codes(TestCodeSet.of(10)).create();
            String code = HelpDeskCode.issue(realm, user);
            LoginClient again = atCodePage(realm, user);
            realm.enterCode(user, code);
            assertThat(mails.await(Messages.of("backupCodesMailTemporaryUsedSubject"))
                            .text())
                    .contains(Messages.of("backupCodesMailTemporaryUsedText", "Bakery & Sons"))
                    .contains("/login-actions/action-token?key=")
                    .doesNotContain(Messages.of("backupCodesMailLeft"));
            again.backupCode(code);
            assertThat(mails.await(Messages.of("backupCodesMailTemporaryAgainSubject"))
                            .text())
                    .contains(Messages.of("backupCodesMailTemporaryAgainText", "Bakery & Sons"))
                    .doesNotContain(Messages.of("backupCodesMailOldIfYou"));
        }
    }

    @Test
    void whoHasNoneLeftIsToldThatFirst() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails)) {
            TestCodeSet codes = TestCodeSet.of(1);
            TestUser user = realm.user("sven").otp().codes(codes).create();
            LoginClient again = atCodePage(realm, user);
            realm.enterCode(user, codes.code(0));
            assertThat(mails.await(Messages.of("backupCodesMailUsedLastSubject"))
                            .text())
                    .contains(Messages.of("backupCodesMailNoneLeft"));
            again.backupCode(codes.code(0));
            assertThat(mails.await(Messages.of("backupCodesMailOldNoneLeftSubject"))
                            .text())
                    .startsWith(Messages.of("backupCodesMailOldNoneLeft"))
                    .doesNotContain(Messages.of("backupCodesMailOldIfYou"));
        }
    }

    @Test
    void whatWasRolledBackIsNotTold() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails)) {
            TestUser user = realm.user("emil").create();
            tell(realm, user, "kind=USED&rollback=true");
            tell(realm, user, "kind=MADE");
            mails.await(MADE);
            assertThat(mails.mails()).hasSize(1);
        }
    }

    @Test
    void aMailServerThatRefusesIsOnRecord() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        TestCodeSet codes = TestCodeSet.of(10);
        try (TestRealm realm = realm(port)) {
            TestUser user = realm.user("frida").otp().codes(codes).create();
            long mark = SharedServer.get().log().mark();
            use(realm, user, codes.code(0));
            JsonNode event = failure(realm);
            assertThat(event.path("userId").asText()).isEqualTo(user.id());
            assertThat(Event.detail(event, "backup_codes_mail")).isEqualTo("code_used");
            assertThat(Event.detail(event, "credential_type")).isEqualTo(BackupCodesNames.CREDENTIAL);
            assertThat(SharedServer.get().log().since(mark))
                    .contains(
                            "The mail code_used to user " + user.id() + " of realm " + realm.name() + " was not sent");
        }
    }

    @Test
    void aMailServerThatHangsHoldsUpNoSignIn() throws IOException {
        TestCodeSet codes = TestCodeSet.of(10);
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                TestRealm realm = realm(silent.getLocalPort())) {
            TestUser user = realm.user("gerd").otp().codes(codes).create();
            // while the server waits for the first word of the mail server: were it in the sign-in, that would wait too
            use(realm, user, codes.code(0));
            try (Socket connection = silent.accept()) {
                assertThat(connection.isConnected()).isTrue();
                use(realm, user, codes.code(1));
                assertThat(realm.admin().events("CUSTOM_REQUIRED_ACTION_ERROR"))
                        .as("nothing has failed yet: the mail server has time until the end of the test")
                        .isEmpty();
            }
            failure(realm);
        }
    }

    @Test
    void aPauseAndTheEndOfASetAreTold() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails)) {
            realm.admin().configureCodes(Map.of("max-failures", "3"));
            TestCodeSet codes = TestCodeSet.of(3);
            TestUser paused =
                    realm.user("ines").otp().codes(codes.guessed(1, null)).create();
            LoginClient guessing = atCodePage(realm, paused);
            guessing.backupCode(TestCodeSet.wrong());
            guessing.backupCode(TestCodeSet.wrong());
            guessing.backupCode(TestCodeSet.wrong());
            MailServer.Mail pause = mails.await(Messages.of("backupCodesMailPausedSubject"));
            assertThat(pause.to()).isEqualTo("ines@example.org");
            assertThat(pause.text())
                    .contains(Messages.of("backupCodesMailPausedText", "Bakery & Sons"))
                    .contains("127.0.0.1", TestRealm.CLIENT)
                    .contains("/login-actions/action-token?key=");

            TestUser disabled =
                    realm.user("jens").otp().codes(codes.guessed(99, null)).create();
            atCodePage(realm, disabled).backupCode(TestCodeSet.wrong());
            MailServer.Mail end = mails.await(Messages.of("backupCodesDisabledTitle"));
            assertThat(end.to()).isEqualTo("jens@example.org");
            assertThat(end.text())
                    .contains(Messages.of("backupCodesMailDisabledText", "Bakery & Sons"))
                    .contains("/login-actions/action-token?key=");
            assertThat(mails.mails()).hasSize(2);
        }
    }

    @Test
    void guessesAtRecoveryCodesAndAtATemporaryCodeAreTold() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails)) {
            realm.admin().configureCodes(Map.of("max-failures", "1"));
            TestUser old = realm.user("kira")
                    .otp()
                    .credential(TestRecoveryCodes.now().credential())
                    .create();
            atCodePage(realm, old).backupCode(TestRecoveryCodes.wrong());
            mails.await(mail -> mail.to().equals("kira@example.org"), "guess at a recovery code");

            // the own set bears one more wrong code, the temporary code none
            Map<String, Object> temporary = new HashMap<>(TestCodeSet.of(1)
                    .guessed(99, null)
                    .expiringAt(Instant.now().plusSeconds(600))
                    .credential());
            temporary.put("type", TEMPORARY);
            TestUser helped = realm.user("lars")
                    .otp()
                    .codes(TestCodeSet.of(3))
                    .credential(temporary)
                    .create();
            atCodePage(realm, helped).backupCode(TestCodeSet.wrong());
            mails.await(
                    mail -> mail.to().equals("lars@example.org")
                            && mail.subject().equals(Messages.of("backupCodesDisabledTitle")),
                    "end of the temporary code, which tells more than the pause of the set");
            assertThat(mails.mails()).hasSize(2);
        }
    }

    @Test
    void onePauseAnHourIsToldButTheEndOfASetAlways() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails)) {
            TestUser user = realm.user("mona").create();
            for (String kind : List.of("PAUSED", "PAUSED", "DISABLED", "PAUSED", "MADE")) {
                tell(realm, user, "kind=" + kind);
            }
            mails.await(MADE);
            mails.await(Messages.of("backupCodesDisabledTitle"));
            mails.await(Messages.of("backupCodesMailPausedSubject"));
            assertThat(mails.mails()).hasSize(3);
        }
    }

    @Test
    void aRealmWithoutADisplayNameIsCalledByItsName() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails)) {
            TestUser user = realm.user("nora").create();
            for (String blank : List.of("", " \u200b")) {
                realm.admin().update(Map.of("displayName", blank));
                int before = mails.mails().size();
                tell(realm, user, "kind=MADE");
                Awaitility.await("mail").until(() -> mails.mails().size() > before);
                MailServer.Mail mail = mails.mails().get(before);
                assertThat(mail.text()).contains(Messages.of("backupCodesMailMadeText", realm.name()));
                assertThat(mail.html()).contains(realm.name());
            }
        }
    }

    /** The shared server trusts X-Forwarded-For, whose first value is what the client has sent. */
    @Test
    void whatAClientSaysThatItsAddressIsReachesNeitherMailNorRow() {
        try (MailServer mails = MailServer.start();
                TestRealm realm = realm(mails)) {
            TestCodeSet codes = TestCodeSet.of(10);
            TestUser user = realm.user("olga").otp().codes(codes).create();
            useFrom(realm, user, codes.code(0), "Call +1 555 0100, 192.0.2.1");
            String mail = mails.await(USED).text();
            assertThat(mail)
                    .doesNotContain("555 0100")
                    .doesNotContain(Messages.of("backupCodesMailAddress"))
                    .contains(TestRealm.CLIENT);
            assertThat(user.admin().backupCodes().toString()).doesNotContain("555 0100");

            useFrom(realm, user, codes.code(1), "2001:db8::7%eth0");
            Awaitility.await("mail").until(() -> mails.mails().size() == 2);
            assertThat(mails.mails().get(1).text())
                    .contains(Messages.of("backupCodesMailAddress") + ": 2001:db8::7")
                    .doesNotContain("eth0");
            assertThat(user.admin().backupCodes().path("uses").findValuesAsText("address"))
                    .containsExactly("2001:db8::7");
        }
    }

    private void useFrom(TestRealm realm, TestUser user, String code, String forwardedFor) {
        LoginClient client = atCodePage(realm, user);
        client.send(HttpRequest.newBuilder(client.prepareBackupCode(code), (name, value) -> true)
                .header("X-Forwarded-For", forwardedFor)
                .build());
        assertThat(client.isAfterUse()).as("%s", client.page()).isTrue();
    }

    private static JsonNode failure(TestRealm realm) {
        Awaitility.await("event").atMost(Duration.ofSeconds(20)).until(() -> !realm.admin()
                .events("CUSTOM_REQUIRED_ACTION_ERROR")
                .isEmpty());
        JsonNode event = realm.admin().events("CUSTOM_REQUIRED_ACTION_ERROR").get(0);
        assertThat(event.path("error").asText()).isEqualTo("email_send_failed");
        return event;
    }

    private static TestRealm realm(MailServer mails) {
        return TestRealm.builder()
                .with("displayName", "Bakery & Sons")
                .with("sslRequired", "none")
                .with("smtpServer", mails.smtp())
                .create();
    }

    /** Where a mail has all the time that the test takes. */
    private static TestRealm realm(int port) {
        Map<String, String> smtp = new HashMap<>(MailServer.smtp(port));
        smtp.put("timeout", "120000");
        return TestRealm.builder().with("smtpServer", smtp).create();
    }

    private LoginClient atCodePage(TestRealm realm, TestUser user) {
        return realm.openCodePage(user);
    }

    private void use(TestRealm realm, TestUser user, String code) {
        LoginClient client = atCodePage(realm, user);
        client.backupCode(code);
        client.assertSignedIn();
    }

    private static void tell(TestRealm realm, TestUser user, String query) {
        realm.admin().send("POST", "/" + NotificationResourceFactory.ID + "/" + user.id() + "?" + query, null);
    }
}
