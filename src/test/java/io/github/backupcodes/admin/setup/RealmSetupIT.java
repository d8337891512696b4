package io.github.backupcodes.admin.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.backupcodes.admin.TestAdministrator;
import io.github.backupcodes.docs.OpenApiContract;
import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.MailServer;
import io.github.backupcodes.support.realm.AdminClient;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.FlowBuilder;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.StepUpFlow;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestEmailCode;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestSmsCode;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.KeycloakServer;
import io.github.backupcodes.support.server.SharedServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One call makes a realm ready. */
class RealmSetupIT {

    /** What the sender {@code log} writes. */
    private static final Pattern SMS_IN_LOG = Pattern.compile("Text message to \\+447700900042:\\R\\D*(\\d{6})\\b");

    private static final String VERIFICATION = "required action CONFIGURE_LOGIN_VERIFICATION registered and enabled";
    private static final String ROLE = "role manage-backup-codes added to client ";
    private static final String COPY = "browser with backup codes";
    private static final Map<String, String> ONE_FIELD = Map.of("authenticator", BackupCodesNames.ONE_FIELD);
    private static final Map<String, Boolean> EMAIL = Map.of("emailCode", true);
    private static final String LIMITS = "backup-codes.sending-limits";
    private static final String LOST = "backup-code-lost added to \"";

    @Test
    void aStockRealmIsReadyAfterOneCallAndTheNextChangesNothing() {
        try (TestRealm realm = stock()) {
            JsonNode done = setup(realm, Map.of());

            assertThat(done.path("flow").asText()).isEqualTo(COPY);
            assertThat(changes(done))
                    .containsExactly(
                            VERIFICATION,
                            "required action CONFIGURE_BACKUP_CODES registered and enabled",
                            ROLE + "realm-management, as part of realm-admin",
                            ROLE + realm.name() + "-realm, as part of admin",
                            "flow \"browser\" copied to \"" + COPY + "\"",
                            "backup-code-form added to \"" + COPY + " Browser - Conditional 2FA\" as ALTERNATIVE",
                            LOST + COPY + " Browser - Conditional 2FA\" as ALTERNATIVE",
                            "flow \"" + COPY + "\" bound as the browser flow");
            assertThat(done.path("byHand")).isEmpty();
            assertThat(realm.admin().representation().path("browserFlow").asText())
                    .isEqualTo(COPY);

            JsonNode again = setup(realm, Map.of());
            assertThat(changes(again)).isEmpty();
            assertThat(again.path("flow").asText()).isEqualTo(COPY);
            assertThat(realm.admin().adminEvents().stream()
                            .filter(event -> event.path("resourcePath").asText().equals("backup-codes/setup")))
                    .hasSize(1);

            TestUser user = realm.user("alice").otp().create();
            LoginClient lost = realm.signIn(user);
            lost.tryAnotherWay();
            lost.choose(realm.admin().execution(COPY, "backup-code-lost"));
            lost.page().assertHas("#backup-code-lost", "a way out for a user without phone and codes");
            List<String> codes = realm.generateCodes(user);
            realm.signInWith(user, codes.get(4)).assertSignedIn();
        }
    }

    @Test
    void thePageForThoseWhoHaveLostEverythingCanBeLeftOutAndComesLaterIfWanted() {
        Map<String, Boolean> others = Map.of("firstBrokerFlow", true, "resetFlow", true);
        Map<String, Boolean> without = Map.of("firstBrokerFlow", true, "resetFlow", true, "lostPage", false);
        try (TestRealm realm = stock()) {
            assertThat(setup(realm, without).toString()).doesNotContain("backup-code-lost");
            assertThat(changes(setup(realm, without))).isEmpty();

            assertThat(changes(setup(realm, others)))
                    .hasSize(3)
                    .allMatch(change -> change.startsWith(LOST) && change.endsWith(" as ALTERNATIVE"))
                    .anyMatch(change -> change.contains(COPY + " Browser - Conditional 2FA"))
                    .anyMatch(change -> change.contains("first broker login with backup codes"))
                    .anyMatch(change -> change.contains("reset credentials with backup codes"));
            assertThat(changes(setup(realm, others))).isEmpty();

            // an administrator who disables it has decided about it
            String page = realm.admin().execution(COPY, "backup-code-lost");
            realm.admin().requireExecution(COPY, page, "DISABLED");
            assertThat(changes(setup(realm, others))).isEmpty();
        }
    }

    @Test
    void theContactForHelpIsWrittenToItsSettingAndNotRecorded() {
        try (TestRealm realm = stock()) {
            Map<String, String> contact = Map.of("helpContact", " help@example.org ");
            JsonNode said = realm.admin().postForAnswer("/backup-codes/setup?dryRun=true", contact);
            JsonNode done = setup(realm, contact);
            assertThat(said).isEqualTo(done);
            assertThat(changes(done)).contains("setting help-contact set");
            assertThat(realm.admin().codesSetting("help-contact").asText()).isEqualTo("help@example.org");
            assertThat(realm.admin().adminEvents().toString()).doesNotContain("help@example.org");

            realm.admin().configureCodes(Map.of("code-count", "7", "help-contact", "help@example.org"));
            assertThat(changes(setup(realm, contact))).isEmpty();
            assertThat(changes(setup(realm, Map.of()))).isEmpty();
            assertThat(changes(setup(realm, Map.of("helpContact", ""))))
                    .containsExactly("setting help-contact removed");
            assertThat(realm.admin()
                            .requiredActionConfig(BackupCodesNames.ACTION)
                            .has("help-contact"))
                    .isFalse();
            assertThat(realm.admin().codesSetting("code-count").asText()).isEqualTo("7");
            assertThat(realm.admin()
                            .send("POST", "/backup-codes/setup", Map.of("helpContact", "x".repeat(201)))
                            .body())
                    .contains("helpContact must be one line of at most 200 visible characters");
        }
    }

    @Test
    void loginVerificationIsAvailableUnlessToldOtherwise() {
        try (TestRealm realm = stock()) {
            RealmAdmin admin = realm.admin();
            assertThat(admin.send("POST", "/backup-codes/setup", Map.of("loginVerification", "on"))
                            .statusCode())
                    .isEqualTo(400);
            assertThat(changes(setup(realm, Map.of("loginVerification", "off"))))
                    .noneMatch(change -> change.contains(BackupCodesNames.VERIFICATION));

            assertThat(changes(setup(realm, Map.of("loginVerification", "available"))))
                    .containsExactly(VERIFICATION);
            assertThat(changes(setup(realm, Map.of()))).isEmpty();
            assertThat(admin.requiredAction(BackupCodesNames.VERIFICATION)
                            .path("defaultAction")
                            .asBoolean())
                    .isFalse();

            assertThat(changes(setup(realm, Map.of("loginVerification", "default"))))
                    .containsExactly("required action CONFIGURE_LOGIN_VERIFICATION set as default action");
            assertThat(changes(setup(realm, Map.of("loginVerification", "default"))))
                    .isEmpty();
        }
        try (TestRealm realm = stock()) {
            setup(realm, Map.of("loginVerification", "default", "defaultAction", true));
            TestUser user = realm.user("newcomer").create();
            assertThat(user.admin().requiredActions()).contains(BackupCodesNames.VERIFICATION, BackupCodesNames.ACTION);
            LoginClient client = realm.signIn(user);
            client.page().assertHas("#login-verification", "the second factor comes first");
        }
    }

    @Test
    void aDryRunSaysTheSameAndChangesNothing() {
        try (TestRealm realm = stock()) {
            JsonNode said = realm.admin().postForAnswer("/backup-codes/setup?dryRun=true", Map.of());

            assertThat(realm.admin().representation().path("browserFlow").asText())
                    .isEqualTo("browser");
            assertThat(flows(realm.admin())).doesNotContain(COPY);
            assertThat(said).isEqualTo(setup(realm, Map.of()));
        }
    }

    @Test
    void theOtherFormTakesThePlaceOfTheOtpForm() {
        try (TestRealm realm = stock()) {
            setup(realm, Map.of("authenticator", "otp-or-backup-code-form", "defaultAction", true));

            assertThat(requirement(realm, COPY, "auth-otp-form")).isEqualTo("DISABLED");
            assertThat(requirement(realm, COPY, "otp-or-backup-code-form")).isEqualTo("ALTERNATIVE");
            assertThat(requirement(realm, COPY, "backup-code-lost")).isEqualTo("ALTERNATIVE");
            assertThat(realm.admin()
                            .requiredAction(BackupCodesNames.ACTION)
                            .path("defaultAction")
                            .asBoolean())
                    .isTrue();
            assertThat(changes(setup(realm, Map.of()))).isEmpty();
        }
    }

    @Test
    void theOneFieldKeepsTheSettingsOfTheFormsThatItReplaces() {
        try (TestRealm realm = TestRealm.create()) {
            realm.admin().configureExecution(realm.backupCodeExecution(), Map.of("ask-without-second-factor", "true"));
            TestUser user = realm.user("alone").codes(TestCodeSet.of(5)).create();
            realm.signIn(user).assertNotSignedIn();

            setup(realm, ONE_FIELD);

            realm.signIn(user).assertHas(Selectors.CODE_FORM);
        }
    }

    /** A required form asks users with codes alone; beside the page for users who have lost everything it is an alternative. */
    @Test
    void theOneFieldAsksForCodesAloneWhereTheFormBeforeWasRequired() {
        try (TestRealm realm = stock()) {
            FlowBuilder.in(realm.admin(), "mine")
                    .execution("auth-cookie", "ALTERNATIVE")
                    .flow("forms", "ALTERNATIVE", forms -> forms.execution("auth-username-password-form", "REQUIRED")
                            .flow("second", "CONDITIONAL", second -> second.execution(
                                            "conditional-user-configured", "REQUIRED")
                                    .execution("auth-otp-form", "REQUIRED")));
            realm.admin().bindBrowserFlow("mine");
            setup(realm, ONE_FIELD);

            realm.signIn(realm.user("alone").codes(TestCodeSet.of(3)).create()).assertHas(Selectors.CODE_FORM);
            realm.signIn(realm.user("without").create()).assertSignedIn();
        }
    }

    @Test
    void theOneFieldReplacesTwoFormsLaterAndTheWayBackIsToldToBeDoneByHand() {
        try (TestRealm realm = stock()) {
            setup(realm, Map.of());
            JsonNode said = realm.admin().postForAnswer("/backup-codes/setup?dryRun=true", ONE_FIELD);
            assertThat(requirement(realm, COPY, "auth-otp-form")).isEqualTo("ALTERNATIVE");
            JsonNode done = setup(realm, ONE_FIELD);
            String place = "\"" + COPY + " Browser - Conditional 2FA\"";
            assertThat(said).isEqualTo(done);
            assertThat(changes(done))
                    .containsExactly(
                            "otp-or-backup-code-form added to " + place + " as ALTERNATIVE",
                            "auth-otp-form in " + place + " disabled",
                            "backup-code-form in " + place + " disabled");
            assertThat(done.path("byHand")).isEmpty();
            assertThat(setup(realm, ONE_FIELD).path("changes")).isEmpty();

            JsonNode back = setup(realm, Map.of("authenticator", "backup-code-form"));
            assertThat(changes(back)).isEmpty();
            assertThat(back.path("byHand")).singleElement().satisfies(text -> assertThat(text.asText())
                    .contains(COPY)
                    .contains("replace it with backup-code-form"));
        }
    }

    @Test
    void keycloaksRecoveryCodesAreSwitchedOffWhenAskedFor() {
        try (TestRealm realm = stock()) {
            RealmAdmin admin = realm.admin();
            admin.copyFlow("browser", "mine");
            String recovery = admin.execution("mine", "auth-recovery-authn-code-form");
            admin.requireExecution("mine", recovery, "ALTERNATIVE");
            admin.bindBrowserFlow("mine");

            setup(realm, Map.of());
            assertThat(requirement(realm, "mine", "auth-recovery-authn-code-form"))
                    .isEqualTo("ALTERNATIVE");

            JsonNode done = setup(realm, Map.of("disableRecoveryCodes", true));
            assertThat(changes(done))
                    .contains("auth-recovery-authn-code-form in \"mine Browser - Conditional 2FA\" disabled");
            assertThat(requirement(realm, "mine", "auth-recovery-authn-code-form"))
                    .isEqualTo("DISABLED");
            assertThat(requirement(realm, "mine", BackupCodesNames.AUTHENTICATOR))
                    .isEqualTo("ALTERNATIVE");
            assertThat(admin.requiredAction("CONFIGURE_RECOVERY_AUTHN_CODES")
                            .path("enabled")
                            .asBoolean())
                    .isFalse();
        }
    }

    @Test
    void anOtpFormThatIsRequiredAloneBecomesAnAlternative() {
        try (TestRealm realm = stock()) {
            RealmAdmin admin = realm.admin();
            admin.copyFlow("browser", "mine");
            admin.requireExecution("mine", admin.execution("mine", "auth-otp-form"), "REQUIRED");
            admin.bindBrowserFlow("mine");

            JsonNode done = setup(realm, Map.of());

            assertThat(done.path("flow").asText()).isEqualTo("mine");
            assertThat(requirement(realm, "mine", "auth-otp-form")).isEqualTo("ALTERNATIVE");
            assertThat(requirement(realm, "mine", BackupCodesNames.AUTHENTICATOR))
                    .isEqualTo("ALTERNATIVE");
        }
    }

    /** As an alternative it would no longer let users without an OTP set one up. */
    @Test
    void anOtpFormThatIsRequiredOfAllUsersStaysThat() {
        try (TestRealm realm = stock()) {
            RealmAdmin admin = realm.admin();
            FlowBuilder.in(admin, "mine")
                    .execution("auth-cookie", "ALTERNATIVE")
                    .flow("forms", "ALTERNATIVE", forms -> forms.execution("auth-username-password-form", "REQUIRED")
                            .flow("second", "REQUIRED", second -> second.execution("auth-otp-form", "REQUIRED")));
            admin.bindBrowserFlow("mine");

            JsonNode refused = setup(realm, Map.of());

            assertThat(refused.path("byHand")).singleElement().satisfies(text -> assertThat(text.asText())
                    .contains("second", "requires auth-otp-form also of users who have none"));
            assertThat(requirement(realm, "mine", "auth-otp-form")).isEqualTo("REQUIRED");

            assertThat(setup(realm, ONE_FIELD).path("byHand")).isEmpty();
            assertThat(requirement(realm, "mine", BackupCodesNames.ONE_FIELD)).isEqualTo("REQUIRED");
            realm.signIn(realm.user("without").create()).assertHas(Selectors.APP_SETUP_FORM);
        }
    }

    @Test
    void aFlowThatCannotBeUnderstoodStaysAsItIs() {
        try (TestRealm realm = stock()) {
            RealmAdmin admin = realm.admin();
            admin.copyFlow("browser", "mine");
            admin.addExecution("mine forms", "auth-otp-form", "REQUIRED");
            admin.bindBrowserFlow("mine");
            List<JsonNode> before = admin.executions("mine");

            JsonNode done = setup(realm, Map.of());

            assertThat(admin.executions("mine")).isEqualTo(before);
            assertThat(done.path("flow").asText()).isEqualTo("mine");
            assertThat(done.path("byHand")).singleElement().satisfies(text -> assertThat(text.asText())
                    .contains("mine", "backup-code-form", "more than one sub-flow"));
            assertThat(changes(done))
                    .filteredOn(change -> !change.startsWith(ROLE))
                    .containsExactly(VERIFICATION, "required action CONFIGURE_BACKUP_CODES registered and enabled");
        }
    }

    @Test
    void aFlowWithLevelsGetsTheFormAtTheLevelOfTheOtp() {
        try (TestRealm realm = stock()) {
            StepUpFlow.bindIn(realm.admin());
            String flow = realm.admin().representation().path("browserFlow").asText();
            assertThat(changes(setup(realm, Map.of("lostPage", false))))
                    .filteredOn(change -> !change.startsWith(ROLE))
                    .containsExactly(VERIFICATION, "required action CONFIGURE_BACKUP_CODES registered and enabled");
            String ours = realm.admin().execution(flow, BackupCodesNames.AUTHENTICATOR);
            realm.admin().delete("/authentication/executions/" + ours);

            assertThat(changes(setup(realm, Map.of())))
                    .satisfiesExactly(
                            change -> assertThat(change).startsWith("backup-code-form added to "),
                            change -> assertThat(change).startsWith(LOST));
        }
    }

    @Test
    void theOtherFlowsAreReadyWhenAskedForAndTheNextCallChangesNothing() {
        Map<String, Boolean> all =
                Map.of("firstBrokerFlow", true, "directGrantFlow", true, "resetWithSecondFactorOnly", true);
        try (TestRealm realm = stock()) {
            JsonNode said = realm.admin().postForAnswer("/backup-codes/setup?dryRun=true", all);
            JsonNode done = setup(realm, all);

            assertThat(said).isEqualTo(done);
            assertThat(done.path("byHand"))
                    .as("an affected server, and no other, is warned of")
                    .extracting(JsonNode::asText)
                    .containsExactlyElementsOf(ResetFlowPatchLevel.warning(BuildFiles.keycloakVersion()).stream()
                            .toList());
            JsonNode now = realm.admin().representation();
            for (String flow : List.of("directGrantFlow", "resetCredentialsFlow", "firstBrokerLoginFlow")) {
                assertThat(now.path(flow).asText()).as(flow).endsWith(" with backup codes");
            }
            assertThat(changes(setup(realm, all))).isEmpty();
            assertThat(changes(setup(realm, Map.of("resetFlow", true)))).isEmpty();
        }
    }

    @Test
    void otherFlowsThatCannotBeUnderstoodStayAsTheyAre() {
        try (TestRealm realm = stock()) {
            RealmAdmin admin = realm.admin();
            FlowBuilder.in(admin, "names-only").execution("direct-grant-validate-username", "REQUIRED");
            FlowBuilder.in(admin, "no-mail").execution("reset-credentials-choose-user", "REQUIRED");
            FlowBuilder.in(admin, "no-factor").execution("idp-create-user-if-unique", "REQUIRED");
            admin.update(Map.of(
                    "directGrantFlow",
                    "names-only",
                    "resetCredentialsFlow",
                    "no-mail",
                    "firstBrokerLoginFlow",
                    "no-factor"));
            admin.post(
                    "/clients",
                    Map.of(
                            "clientId",
                            "script",
                            "authenticationFlowBindingOverrides",
                            Map.of("direct_grant", admin.flowId("names-only"))));

            JsonNode done = setup(realm, Map.of("firstBrokerFlow", true, "directGrantFlow", true, "resetFlow", true));

            assertThat(done.path("byHand"))
                    .extracting(JsonNode::asText)
                    .filteredOn(text -> !text.contains("published vulnerability"))
                    .satisfiesExactly(
                            text -> assertThat(text).contains("no-factor", "backup-code-form"),
                            text -> assertThat(text).contains("names-only", "direct-grant-backup-code"),
                            text -> assertThat(text).contains("no-mail", "reset-credential-email", "backup-code-form"),
                            text -> assertThat(text).contains("client \"script\"", "names-only"));
            assertThat(admin.executions("names-only")).hasSize(1);
            assertThat(admin.executions("no-mail")).hasSize(1);
            assertThat(admin.executions("no-factor")).hasSize(1);
        }
    }

    @Test
    void aResetFlowOfOnesOwnIsChangedInItsPlace() {
        try (TestRealm realm = stock()) {
            RealmAdmin admin = realm.admin();
            FlowBuilder.in(admin, "own-reset")
                    .execution("reset-credentials-choose-user", "REQUIRED")
                    .execution("reset-credential-email", "REQUIRED")
                    .execution("reset-password", "REQUIRED")
                    .execution("reset-otp", "REQUIRED");
            admin.update(Map.of("resetCredentialsFlow", "own-reset"));

            assertThat(changes(setup(realm, Map.of("resetFlow", true, "authenticator", "otp-or-backup-code-form"))))
                    .contains(
                            "sub-flow \"own-reset - Second factor\" with otp-or-backup-code-form, backup-code-lost added"
                                    + " after reset-credential-email as CONDITIONAL",
                            "reset-otp in \"own-reset\" disabled");
            assertThat(admin.executions("own-reset"))
                    .filteredOn(execution -> execution.path("level").asInt() == 0)
                    .extracting(execution -> execution.path("requirement").asText())
                    .containsExactly("REQUIRED", "REQUIRED", "CONDITIONAL", "REQUIRED", "DISABLED");
        }
    }

    @Test
    void aClientWithItsOwnFlowIsPointedOut() {
        try (TestRealm realm = stock()) {
            RealmAdmin admin = realm.admin();
            admin.copyFlow("browser", "of the app");
            String flow = Json.list(admin.get("/authentication/flows")).stream()
                    .filter(found -> found.path("alias").asText().equals("of the app"))
                    .findFirst()
                    .orElseThrow()
                    .path("id")
                    .asText();
            admin.post(
                    "/clients",
                    Map.of("clientId", "other", "authenticationFlowBindingOverrides", Map.of("browser", flow)));

            assertThat(setup(realm, Map.of()).path("byHand"))
                    .singleElement()
                    .satisfies(text -> assertThat(text.asText()).contains("other", "of the app"));
        }
    }

    @Test
    void codesByEmailAreASecondFactorAtEveryDoorAfterOneCall() {
        try (TestRealm realm = TestRealm.builder()
                .withoutBackupCodes()
                .with("resetPasswordAllowed", true)
                .create()) {
            RealmAdmin admin = realm.admin();
            JsonNode said = admin.postForAnswer("/backup-codes/setup?dryRun=true", EMAIL);
            assertThat(admin.representation().path("attributes").has(LIMITS)).isFalse();
            JsonNode done = setup(realm, EMAIL);

            assertThat(said).isEqualTo(done);
            assertThat(changes(done))
                    .containsSubsequence(
                            VERIFICATION,
                            "required action CONFIGURE_EMAIL_CODE registered and enabled",
                            "attribute " + LIMITS + " set to a random value",
                            "required action CONFIGURE_BACKUP_CODES registered and enabled",
                            "email-code-form added to \"" + COPY + " Browser - Conditional 2FA\" as ALTERNATIVE",
                            "flow \"" + COPY + "\" bound as the browser flow",
                            "email-code-form added to \"first broker login with backup codes First broker login -"
                                    + " Conditional 2FA\" as ALTERNATIVE",
                            "flow \"direct grant with backup codes\" bound as the direct grant flow");
            assertThat(done.path("byHand")).isEmpty();
            assertThat(Json.texts(done.path("warnings")))
                    .satisfiesExactly(
                            norm -> assertThat(norm).contains("NIST", "ASVS", "mailbox"),
                            reset -> assertThat(reset)
                                    .isEqualTo("Everybody who reads the mailbox can reset the password and receive this"
                                            + " code: it protects against stolen passwords alone."),
                            mail -> assertThat(mail).contains("no mail server"));
            assertThat(enabled(realm, COPY))
                    .endsWith("auth-otp-form", "email-code-form", "backup-code-form", "backup-code-lost");
            String salt = admin.representation().path("attributes").path(LIMITS).asText();
            assertThat(salt).matches("[A-Za-z0-9_-]{43}");
            assertThat(admin.representation().path("resetCredentialsFlow").asText())
                    .isEqualTo("reset credentials");

            admin.update(Map.of(
                    "smtpServer",
                    Map.of("host", "127.0.0.1", "from", "keycloak@example.org"),
                    "resetPasswordAllowed",
                    false,
                    "accessCodeLifespanUserAction",
                    60));
            JsonNode again = setup(realm, EMAIL);
            assertThat(changes(again)).isEmpty();
            assertThat(Json.texts(again.path("warnings")))
                    .hasSize(2)
                    .last()
                    .asString()
                    .contains("login action timeout", "60 seconds", "300 seconds");
            assertThat(admin.representation().path("attributes").path(LIMITS).asText())
                    .isEqualTo(salt);
            assertThat(setup(realm, Map.of()).path("warnings")).isEmpty();
            realm.signIn(realm.user("by-mail").emailCode().create()).assertHas("#verification-code");
        }
    }

    @Test
    void codesByEmailComeBetweenTheOneFieldAndThePageForThoseWhoHaveLostEverything() {
        Map<String, Object> both = Map.of("authenticator", BackupCodesNames.ONE_FIELD, "emailCode", true);
        try (TestRealm realm = stock()) {
            assertThat(realm.admin().postForAnswer("/backup-codes/setup?dryRun=true", both))
                    .isEqualTo(setup(realm, both));
            assertThat(enabled(realm, COPY)).endsWith("otp-or-backup-code-form", "email-code-form", "backup-code-lost");
            assertThat(changes(setup(realm, both))).isEmpty();
        }
        // a realm that had backup codes before
        try (TestRealm realm = stock()) {
            RealmAdmin admin = realm.admin();
            setup(realm, Map.of());
            admin.requireExecution(COPY, admin.execution(COPY, "webauthn-authenticator"), "ALTERNATIVE");
            setup(realm, EMAIL);
            assertThat(enabled(realm, COPY))
                    .endsWith(
                            "auth-otp-form",
                            "webauthn-authenticator",
                            "email-code-form",
                            "backup-code-form",
                            "backup-code-lost");
            assertThat(admin.requiredAction("CONFIGURE_EMAIL_CODE")
                            .path("priority")
                            .asInt())
                    .as("the second factor comes first")
                    .isLessThan(admin.requiredAction(BackupCodesNames.ACTION)
                            .path("priority")
                            .asInt());
        }
    }

    @Test
    void codesByTextMessageAreAskedForInEveryFlowAndBeforeCodesByEmail() {
        Map<String, Object> sent = Map.of("smsCode", true, "emailCode", true);
        try (TestRealm realm = stock()) {
            assertThat(realm.admin().postForAnswer("/backup-codes/setup?dryRun=true", sent))
                    .isEqualTo(setup(realm, sent));
            assertThat(enabled(realm, COPY))
                    .containsSubsequence(
                            "auth-otp-form",
                            "sms-code-form",
                            "email-code-form",
                            "backup-code-form",
                            "backup-code-lost");
            RealmAdmin admin = realm.admin();
            assertThat(enabled(
                            realm,
                            admin.representation().path("resetCredentialsFlow").asText()))
                    .contains("sms-code-form")
                    .doesNotContain("email-code-form");
            assertThat(enabled(
                            realm,
                            admin.representation().path("firstBrokerLoginFlow").asText()))
                    .containsSubsequence("sms-code-form", "email-code-form");
            assertThat(enabled(
                            realm,
                            admin.representation().path("directGrantFlow").asText()))
                    .contains("direct-grant-backup-code");
            JsonNode again = setup(realm, sent);
            assertThat(changes(again)).isEmpty();
            assertThat(Json.texts(again.path("warnings")))
                    .anyMatch(warning -> warning.contains("restricted authenticator"))
                    .anyMatch(warning -> warning.contains("No sender of text messages is chosen"));
        }
    }

    /** The mailbox alone must not be enough for users who have text messages alone. */
    @Test
    void theResetOfPasswordsAsksForCodesByTextMessageOrIsNamed() {
        Map<String, Object> sent = Map.of("smsCode", true);
        try (TestRealm realm = stock()) {
            RealmAdmin admin = realm.admin();
            admin.update(Map.of("resetPasswordAllowed", true));
            JsonNode left = setup(realm, Map.of("smsCode", true, "resetFlow", false));
            assertThat(byHand(left))
                    .singleElement()
                    .asString()
                    .contains("reset credentials", "left as it is", "codes by text message");
            assertThat(Json.texts(left.path("warnings"))).last().asString().contains("Such users now: 0.");

            setup(realm, Map.of("resetFlow", true));
            String reset = admin.representation().path("resetCredentialsFlow").asText();
            assertThat(enabled(realm, reset)).contains("backup-code-form").doesNotContain("sms-code-form");
            assertThat(byHand(setup(realm, sent))).isEmpty();
            assertThat(enabled(realm, reset)).containsSubsequence("auth-otp-form", "sms-code-form", "backup-code-form");
            assertThat(changes(setup(realm, sent))).isEmpty();

            admin.requireExecution(reset, admin.execution(reset, "sms-code-form"), "DISABLED");
            assertThat(byHand(setup(realm, sent))).singleElement().asString().contains(reset, "sms-code-form");
        }
    }

    @Test
    void textMessagesAreNotTheOnlyKindOfFactorUnlessThatIsAccepted() {
        try (TestRealm realm = stock()) {
            RealmAdmin admin = realm.admin();
            for (String action : List.of("CONFIGURE_TOTP", "webauthn-register")) {
                ObjectNode registered = admin.requiredAction(action).deepCopy();
                admin.put("/authentication/required-actions/" + action, registered.put("enabled", false));
            }
            assertThat(admin.send("POST", "/backup-codes/setup", Map.of("smsCode", true))
                            .statusCode())
                    .isEqualTo(400);
            assertThat(flows(admin)).doesNotContain(COPY);
            setup(realm, Map.of("smsCode", true, "acceptRestricted", true));
            assertThat(enabled(realm, COPY)).contains("sms-code-form");
        }
    }

    @Test
    void aMissingKeyIsCreatedForCodesByEmailAndNotInADryRun() {
        try (TestRealm realm = stock()) {
            RealmAdmin admin = realm.admin();
            admin.deleteKeys("hmac-generated");
            assertThat(changes(admin.postForAnswer("/backup-codes/setup?dryRun=true", EMAIL)))
                    .contains("key for HS512 created");
            assertThat(admin.get("/keys").path("active").has("HS512")).isFalse();
            assertThat(changes(setup(realm, EMAIL))).contains("key for HS512 created");
            assertThat(admin.get("/keys").path("active").has("HS512")).isTrue();
            assertThat(changes(setup(realm, EMAIL))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"emailCode, email-code-form, codes by e-mail", "smsCode, sms-code-form, codes by text message"})
    void aClientsOwnFlowAsksForCodesThatAreSentTooOrIsNamed(String option, String form, String codes) {
        Map<String, Object> sent = Map.of(option, true);
        try (TestRealm realm = stock()) {
            RealmAdmin admin = realm.admin();
            admin.copyFlow("browser", "of the app");
            admin.requireExecution("of the app", admin.execution("of the app", "auth-otp-form"), "REQUIRED");
            admin.copyFlow("direct grant", "of the script");
            for (String client : List.of("one", "two")) {
                client(admin, client, Map.of("browser", "of the app", "direct_grant", "of the script"));
            }
            client(admin, "three", Map.of("browser", "browser", "direct_grant", "direct grant"));

            JsonNode said = admin.postForAnswer("/backup-codes/setup?dryRun=true", sent);
            JsonNode done = setup(realm, sent);

            assertThat(said).isEqualTo(done);
            assertThat(enabled(realm, "of the app")).endsWith("auth-otp-form", form);
            assertThat(requirement(realm, "of the app", "auth-otp-form")).isEqualTo("ALTERNATIVE");
            assertThat(enabled(realm, "of the script")).endsWith("direct-grant-backup-code");
            assertThat(Json.texts(done.path("byHand")).stream().filter(text -> text.contains("bind a copy")))
                    .satisfiesExactly(
                            text -> assertThat(text)
                                    .startsWith("client \"three\"")
                                    .contains("flow \"browser\", which does not ask for " + codes),
                            text -> assertThat(text).contains("client \"three\"", "flow \"direct grant\""));
            assertThat(changes(setup(realm, sent))).isEmpty();
        }
    }

    /** What a flow lacks is named until it is mended, with the number of those who would get in without it. */
    /** Keycloak skips the sub-flow for users with codes by e-mail alone, although the form is in it. */
    @Test
    void aFlowWhoseFormForCodesByEmailIsSkippedIsNamed() {
        try (TestRealm realm = stock()) {
            RealmAdmin admin = realm.admin();
            setup(realm, EMAIL);
            assertSkipped(realm, "no condition", "has no condition", it -> it.execution("auth-otp-form", "ALTERNATIVE")
                    .execution("email-code-form", "ALTERNATIVE"));
            assertSkipped(realm, "below the condition", "does not look into the sub-flows", it -> it.execution(
                            "conditional-user-configured", "REQUIRED")
                    .execution("auth-otp-form", "ALTERNATIVE")
                    .flow("below", "ALTERNATIVE", below -> below.execution("email-code-form", "REQUIRED")));
            assertSkipped(
                    realm,
                    "both required",
                    "required execution, which Keycloak runs without alternatives",
                    it -> it.execution("conditional-user-configured", "REQUIRED")
                            .execution("auth-otp-form", "REQUIRED")
                            .execution("email-code-form", "REQUIRED"));
            FlowBuilder.in(admin, "each in a sub-flow").flow("forms of each", "ALTERNATIVE", forms -> forms.execution(
                            "auth-username-password-form", "REQUIRED")
                    .flow("2fa of each", "CONDITIONAL", it -> it.execution("conditional-user-configured", "REQUIRED")
                            .flow("a", "ALTERNATIVE", a -> a.execution("auth-otp-form", "REQUIRED"))
                            .flow("b", "ALTERNATIVE", b -> b.execution("email-code-form", "REQUIRED"))));
            FlowBuilder.in(admin, "of all users").flow("forms of all users", "ALTERNATIVE", forms -> forms.execution(
                            "auth-username-password-form", "REQUIRED")
                    .execution("email-code-form", "REQUIRED"));
            for (String asked : List.of("each in a sub-flow", "of all users")) {
                admin.bindBrowserFlow(asked);
                assertThat(byHand(setup(realm, EMAIL))).as(asked).noneMatch(text -> text.contains("email-code-form"));
            }
        }
    }

    private static void assertSkipped(TestRealm realm, String name, String because, Consumer<FlowBuilder> factors) {
        FlowBuilder.in(realm.admin(), name).flow("forms of " + name, "ALTERNATIVE", forms -> forms.execution(
                        "auth-username-password-form", "REQUIRED")
                .flow("2fa of " + name, "CONDITIONAL", factors));
        realm.admin().bindBrowserFlow(name);
        assertThat(byHand(setup(realm, EMAIL)))
                .as(name)
                .anyMatch(text -> text.contains(because) && text.contains("email-code-form"));
    }

    @ParameterizedTest
    @CsvSource({"emailCode, email-code-form, codes by e-mail", "smsCode, sms-code-form, codes by text message"})
    void aFlowThatCannotAskForCodesThatAreSentIsNamedWithTheNumberOfUsersAffected(
            String option, String authenticator, String codes) {
        Map<String, Object> sent = Map.of(option, true);
        try (TestRealm realm = stock()) {
            RealmAdmin admin = realm.admin();
            Map<String, Object> credential = option.equals("smsCode")
                    ? TestSmsCode.to("+4915112345678").credential()
                    : TestEmailCode.to("alone@example.org").credential();
            realm.user("alone").credential(credential).codes(TestCodeSet.of(2)).create();
            realm.user("and-app").otp().credential(credential).create();
            setup(realm, sent);
            assertThat(byHand(setup(realm, sent))).isEmpty();

            String form = admin.execution(COPY, authenticator);
            admin.requireExecution(COPY, form, "DISABLED");
            JsonNode disabled = setup(realm, sent);
            assertThat(changes(disabled)).isEmpty();
            assertThat(byHand(disabled)).singleElement().asString().contains(COPY, "but disabled");
            assertThat(Json.texts(disabled.path("warnings"))).last().asString().endsWith("Such users now: 1.");

            admin.requireExecution(COPY, form, "ALTERNATIVE");
            admin.requireExecution(COPY, admin.execution(COPY, "auth-otp-form"), "REQUIRED");
            assertThat(byHand(setup(realm, sent)))
                    .singleElement()
                    .asString()
                    .contains("required execution, which Keycloak runs without alternatives");
            admin.requireExecution(COPY, admin.execution(COPY, "auth-otp-form"), "ALTERNATIVE");

            admin.update(Map.of("firstBrokerLoginFlow", "first broker login", "directGrantFlow", "direct grant"));
            JsonNode left = setup(realm, Map.of(option, true, "firstBrokerFlow", false, "directGrantFlow", false));
            assertThat(changes(left)).isEmpty();
            assertThat(byHand(left))
                    .containsExactly(
                            "first broker login flow \"first broker login\" left as it is: it does not ask for "
                                    + codes,
                            "direct grant flow \"direct grant\" left as it is: it does not ask for " + codes);

            admin.copyFlow("browser", "two places");
            admin.addExecution("two places forms", "auth-otp-form", "REQUIRED");
            admin.bindBrowserFlow("two places");
            assertThat(byHand(setup(realm, sent)))
                    .satisfiesExactly(
                            text -> assertThat(text).contains("two places", "backup-code-form"),
                            text -> assertThat(text).contains("two places", "more than one sub-flow", authenticator));
            FlowBuilder.in(admin, "names-only").execution("direct-grant-validate-username", "REQUIRED");
            admin.bindBrowserFlow(COPY);
            admin.update(Map.of("directGrantFlow", "names-only"));
            assertThat(byHand(setup(realm, sent)))
                    .singleElement()
                    .asString()
                    .contains("names-only", "direct-grant-backup-code");
        }
    }

    /** Each finding about codes by e-mail is named as long as it lasts, and what the call can mend it mends. */
    @Test
    void aFindingAboutCodesByEmailIsNamedUntilItIsMended() {
        Map<String, String> mails = Map.of("host", "127.0.0.1", "from", "keycloak@example.org");
        try (TestRealm realm = TestRealm.builder()
                .withoutBackupCodes()
                .with("smtpServer", mails)
                .create()) {
            RealmAdmin admin = realm.admin();
            setup(realm, EMAIL);
            assertThat(findings(realm)).singleElement().asString().contains("NIST", "ASVS");

            admin.update(Map.of("resetPasswordAllowed", true));
            named(realm, "can reset the password and receive this code");
            admin.update(Map.of("resetPasswordAllowed", false, "smtpServer", Map.of()));
            named(realm, "The realm has no mail server");
            admin.update(
                    Map.of("smtpServer", Map.of("host", "127.0.0.1", "from", "keycloak@example.org", "debug", "true")));
            named(realm, "writes whole mails to its log, codes included");
            admin.update(Map.of("smtpServer", mails, "accessCodeLifespanUserAction", 299));
            named(realm, "The login action timeout of the realm is 299 seconds");
            admin.update(Map.of("accessCodeLifespanUserAction", 300));
            client(admin, "script", Map.of("direct_grant", "direct grant"));
            assertThat(findings(realm))
                    .satisfiesExactly(
                            norm -> assertThat(norm).contains("NIST"),
                            gap -> assertThat(gap).contains("Not every flow asks", "Such users now: 0."),
                            client -> assertThat(client).startsWith("client \"script\""));
            admin.delete("/clients/" + admin.clientId("script"));
            assertThat(findings(realm)).hasSize(1);

            admin.updateRequiredAction("CONFIGURE_EMAIL_CODE", Map.of("enabled", false));
            mended(realm, "required action CONFIGURE_EMAIL_CODE enabled");
            Map<String, Object> attributes = new HashMap<>(
                    Json.map(admin.representation().path("attributes").toString()));
            attributes.remove(LIMITS);
            admin.update(Map.of("attributes", attributes));
            mended(realm, "attribute " + LIMITS + " set to a random value");
            admin.delete("/authentication/executions/" + admin.execution(COPY, "email-code-form"));
            mended(realm, "email-code-form added to \"" + COPY + " Browser - Conditional 2FA\" as ALTERNATIVE");
        }
    }

    private static void named(TestRealm realm, String finding) {
        assertThat(findings(realm)).hasSize(2).last().asString().contains(finding);
    }

    private static void mended(TestRealm realm, String change) {
        assertThat(changes(setup(realm, EMAIL))).containsExactly(change);
        assertThat(changes(setup(realm, EMAIL))).isEmpty();
        assertThat(findings(realm)).hasSize(1);
    }

    /** What the call reports and leaves to others; it has nothing else to do. */
    private static List<String> findings(TestRealm realm) {
        JsonNode report = realm.admin().postForAnswer("/backup-codes/setup?dryRun=true", EMAIL);
        assertThat(changes(report)).isEmpty();
        List<String> findings = new ArrayList<>(Json.texts(report.path("warnings")));
        findings.addAll(byHand(report));
        return findings;
    }

    /**
     * The realm in which people try this out: nothing that its users see is missing. The rest, which only the call makes, is for a
     * help desk and for identity providers.
     */
    @Test
    void theRealmOfTheDemoIsSetUpForCodesThatAreSent() throws IOException {
        KeycloakServer server = SharedServer.get();
        String name = "demo-" + Long.toString(System.nanoTime(), 36);
        String file = Files.readString(BuildFiles.project().resolve("docker").resolve("demo-realm.json"));
        Map<String, Object> demo = new HashMap<>(Json.map(
                file.replace("\"demo\"", "\"" + name + "\"").replace("default-roles-demo", "default-roles-" + name)));
        try (MailServer mails = MailServer.start()) {
            demo.put("smtpServer", mails.smtp());
            server.admin().post("/realms", demo);
            try (TestRealm realm = TestRealm.of(server, server.admin().realm(name))) {
                JsonNode report = realm.admin()
                        .postForAnswer("/backup-codes/setup?dryRun=true", Map.of("emailCode", true, "smsCode", true));
                assertThat(byHand(report)).isEmpty();
                assertThat(changes(report))
                        .allMatch(change -> change.startsWith(ROLE)
                                || change.contains("first broker login")
                                || change.contains(LIMITS)
                                || change.startsWith(LOST));

                URI console = URI.create(realm.url() + "/account/");
                LoginClient nora =
                        new LoginClient(LoginClient.connections(), URI.create(realm.url()), "account-console", console);
                nora.open(Map.of("kc_action", "CONFIGURE_EMAIL_CODE"));
                nora.password("nora", "nora");
                nora.submit("#email-code-send-form", Map.of("send", "true"));
                MailServer.Mail mail = mails.await(MailServer.Mail::hasCode, "the code");
                nora.submit("#kc-verification-code-form", Map.of("emailCode", mail.code()));
                assertThat(realm.admin().userNamed("nora").credentials("email-code"))
                        .hasSize(1);
                LoginClient next =
                        new LoginClient(LoginClient.connections(), URI.create(realm.url()), "account-console", console);
                next.signIn("nora", "nora");
                next.assertHas("#kc-verification-code-form");

                long mark = server.log().mark();
                LoginClient tess =
                        new LoginClient(LoginClient.connections(), URI.create(realm.url()), "account-console", console);
                tess.signIn("tess", "tess");
                tess.assertHas("#kc-verification-code-form");
                Awaitility.await("the text message")
                        .until(() ->
                                SMS_IN_LOG.matcher(server.log().since(mark)).find());
                Matcher sms = SMS_IN_LOG.matcher(server.log().since(mark));
                assertThat(sms.find()).isTrue();
                tess.submit("#kc-verification-code-form", Map.of("smsCode", sms.group(1)));
                assertThat(tess.page().backupCodes()).as("she has none yet").isNotEmpty();
                tess.saveCodes();
                tess.assertSignedIn();
            }
        }
    }

    @Test
    void badOptionsAndOthersThanAdministratorsOfTheRealmAreRefused() {
        try (TestRealm realm = stock()) {
            String path = realm.admin().path("/backup-codes/setup");
            AdminClient admin = realm.admin().client();
            AdminClient manager = TestAdministrator.with(realm, "manage-officer", "manage-users", "view-realm");
            AdminClient realmOfficer = TestAdministrator.with(realm, "realm-officer", "manage-realm");

            assertThat(admin.send("POST", path, Map.of("authenticator", "auth-otp-form"))
                            .statusCode())
                    .isEqualTo(400);
            assertThat(admin.send("POST", path, Map.of("colour", "green")).statusCode())
                    .isEqualTo(400);
            assertThat(manager.send("POST", path, Map.of()).statusCode()).isEqualTo(403);
            assertThat(realm.admin().representation().path("browserFlow").asText())
                    .isEqualTo("browser");
            assertThat(realmOfficer.send("POST", path, null).statusCode()).isEqualTo(200);
        }
    }

    private static void client(RealmAdmin admin, String name, Map<String, String> flows) {
        Map<String, String> ids = flows.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, flow -> admin.flowId(flow.getValue())));
        admin.post("/clients", Map.of("clientId", name, "authenticationFlowBindingOverrides", ids));
    }

    private static List<String> byHand(JsonNode report) {
        return Json.texts(report.path("byHand")).stream()
                .filter(text -> !text.contains("published vulnerability"))
                .toList();
    }

    /** The enabled authenticators, in the order of the flow. */
    private static List<String> enabled(TestRealm realm, String flow) {
        return realm.admin().executions(flow).stream()
                .filter(execution -> !execution.path("requirement").asText().equals("DISABLED"))
                .map(execution -> execution.path("providerId").asText())
                .filter(provider -> !provider.isEmpty())
                .toList();
    }

    private static TestRealm stock() {
        return TestRealm.builder().withoutBackupCodes().create();
    }

    private static JsonNode setup(TestRealm realm, Map<String, ?> options) {
        JsonNode report = realm.admin().postForAnswer("/backup-codes/setup", options);
        assertThat(OpenApiContract.faults("POST", "/setup", 200, report)).isEmpty();
        return report;
    }

    private static List<String> changes(JsonNode report) {
        return Json.texts(report.path("changes"));
    }

    private static List<String> flows(RealmAdmin admin) {
        return Json.list(admin.get("/authentication/flows")).stream()
                .map(flow -> flow.path("alias").asText())
                .toList();
    }

    private static String requirement(TestRealm realm, String flow, String provider) {
        return realm.admin().executions(flow).stream()
                .filter(execution -> execution.path("providerId").asText().equals(provider))
                .findFirst()
                .orElseThrow()
                .path("requirement")
                .asText();
    }
}
