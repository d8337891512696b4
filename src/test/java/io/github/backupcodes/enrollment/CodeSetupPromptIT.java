package io.github.backupcodes.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.LocalizedDates;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.StepUpFlow;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.realm.Totp;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users who have a second factor, but no codes that work, are asked at sign-in to make some: who, when, and how often. */
class CodeSetupPromptIT {

    private static final String REMEMBERED = "backup-codes.not-now";
    private static final String SET_UP_APP = "CONFIGURE_TOTP";
    private static final TestCodeSet CODES = TestCodeSet.of(6);

    @AutoClose
    private static final TestRealm realm = TestRealm.builder().asking().create();

    /** Sets that lead to a question, the words for it, and whether they still work. */
    enum Kind {
        USED_UP("backupCodesAskUsedUp", false),
        EXPIRED("backupCodesAskExpired", false),
        UNUSABLE("backupCodesAskUnusable", false),
        FEW_LEFT("backupCodeUsedLeft", true),
        EXPIRES_SOON("", true);

        private final String words;
        private final boolean works;

        Kind(String words, boolean works) {
            this.words = words;
            this.works = works;
        }

        TestCodeSet codes() {
            Instant now = Instant.now();
            return switch (this) {
                case USED_UP -> TestCodeSet.of(2).used(0).used(1);
                case EXPIRED -> TestCodeSet.of(5).expiringAt(now.minusSeconds(1));
                case UNUSABLE -> TestCodeSet.of(5).guessed(100, null);
                case FEW_LEFT -> TestCodeSet.of(4).used(2);
                case EXPIRES_SOON ->
                    TestCodeSet.of(5).madeAt(now.minus(Duration.ofDays(350))).expiringAt(now.plus(Duration.ofDays(13)));
            };
        }

        String username() {
            return "over-" + name().toLowerCase(Locale.ROOT);
        }
    }

    @BeforeAll
    static void prepareRealm() {
        // so that the tests can turn the clock: by default no one may edit attributes that are not in the profile
        RealmAdmin admin = realm.admin();
        ObjectNode profile = admin.get("/users/profile").deepCopy();
        admin.put("/users/profile", profile.put("unmanagedAttributePolicy", "ADMIN_EDIT"));
    }

    @Test
    void whoHasASecondFactorButNoCodesIsAsked() {
        TestUser user = user("without-codes");
        realm.admin().clearEvents();
        LoginClient client = realm.signInWithApp(user);
        assertInvited(client);
        client.page().assertText(Selectors.TITLE, "backupCodesAskTitle");
        client.page().assertText("#backupCodesReason", "backupCodesAskNone");
        assertThat(client.page().texts(Selectors.PROMPT_PAGE + " button"))
                .containsExactly(Messages.of("backupCodesAskTitle"), Messages.of("backupCodesNotNow"));
        client.get(client.page().url()).assertHas(Selectors.PROMPT_PAGE, "loaded again");

        List<String> codes = client.acceptInvitation().backupCodes();
        assertThat(codes).as("%s", client.page()).hasSize(10);
        client.saveCodes();
        assertSignedIn(client);
        assertThat(user.admin().requiredActions()).isEmpty();
        assertThat(user.admin().events("UPDATE_CREDENTIAL")).hasSize(1);
        assertThat(user.admin().events("LOGIN")).singleElement().satisfies(event -> assertThat(
                        event.path("details").has("credential_type"))
                .as("no code was used")
                .isFalse());

        assertSignedIn(realm.signInWithApp(user));
        assertSignedIn(realm.signInWith(user, codes.get(4)));
    }

    @Test
    void whoSaysNotNowIsLeftInPeaceForFourteenDays() {
        TestUser user = user("not-now");
        LoginClient client = realm.signInWithApp(user);
        client.notNow();
        assertSignedIn(client);
        assertThat(client.tokens().path("access_token").asText()).isNotEmpty();
        assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL)).isEmpty();
        assertThat(user.admin().requiredActions()).isEmpty();
        assertThat(remembered(user)).startsWith("NO_CODES ");
        assertSignedIn(realm.signInWithApp(user));

        remember(user, "NO_CODES " + Instant.now().minus(Duration.ofDays(14)).plusSeconds(60));
        assertSignedIn(realm.signInWithApp(user));
        remember(user, "NO_CODES " + Instant.now().minus(Duration.ofDays(14)));
        assertInvited(realm.signInWithApp(user));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "NO_CODES", "NO_CODES soon", "NO_CODES 2999-01-01T00:00:00Z", "USED_UP 2026-11-01", "x y z"})
    void whatMakesNoSenseIsNotRemembered(String value) {
        TestUser user = user("nonsense-" + Integer.toHexString(value.hashCode()));
        remember(user, value);
        assertInvited(realm.signInWithApp(user));
    }

    @Test
    void leavingThePageChangesNothing() {
        TestUser user = user("leaving");
        assertInvited(realm.signInWithApp(user));
        assertThat(remembered(user)).isEmpty();
        LoginClient again = realm.signInWithApp(user);
        assertInvited(again);
        again.acceptInvitation();
        assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL)).isEmpty();
        assertInvited(realm.signInWithApp(user));
    }

    @Test
    void thePageWithCodesCanStillBeLeft() {
        TestUser user = user("second-thoughts");
        LoginClient client = realm.signInWithApp(user);
        client.acceptInvitation();
        client.submit(Selectors.NEW_CODES_FORM, Map.of());
        client.page().assertError("backupCodesErrorNotSaved");
        assertThat(client.get(client.page().url()).backupCodes())
                .as("loaded again")
                .hasSize(10);
        client.notNow();
        assertSignedIn(client);
        assertThat(user.admin().credentials(BackupCodesNames.CREDENTIAL)).isEmpty();
        assertSignedIn(realm.signInWithApp(user));
    }

    @Test
    void whoHasNoSecondFactorOrGoodCodesIsNotAsked() {
        TestUser plain = realm.user("password-only").create();
        LoginClient client = realm.signIn(plain);
        assertSignedIn(client);

        assertSignedIn(realm.signInWithApp(user("good-codes", CODES)));
        assertSignedIn(realm.signInWithApp(user("one-code", TestCodeSet.of(1))));
        assertSignedIn(realm.signInWithApp(
                user("long-life", TestCodeSet.of(5).expiringAt(Instant.now().plus(Duration.ofDays(1000))))));
    }

    @ParameterizedTest
    @EnumSource
    void aSetThatIsOverOrNearlySoLeadsToANewOne(Kind kind) {
        TestCodeSet codes = kind.codes();
        TestUser user = user(kind.username(), codes);
        LoginClient client = realm.signInWithApp(user);
        assertInvited(client);
        client.page().assertText(Selectors.TITLE, "backupCodeUsedMakeCodes");
        assertThat(client.page().text("#backupCodesReason"))
                .isEqualTo(kind.words.isEmpty() ? soon(codes) : Messages.of(kind.words, 3));
        client.acceptInvitation();
        assertThat(client.page().backupCodes()).hasSize(10);
        client.saveCodes();
        assertSignedIn(client);
        assertSignedIn(realm.signInWithApp(user));
    }

    private static String soon(TestCodeSet codes) {
        String end = Json.read(String.valueOf(codes.credential().get("credentialData")))
                .path("expiresAt")
                .asText();
        return Messages.of("backupCodesAskSoon", new LocalizedDates(Locale.ENGLISH).date(Instant.parse(end)));
    }

    @Test
    void aNewOccasionIsANewQuestion() {
        TestUser user = user("worse", TestCodeSet.of(3).used(0).used(1));
        LoginClient client = realm.signInWithApp(user);
        client.page().assertText("#backupCodesReason", "backupCodeUsedLeft", 1);
        client.notNow();
        assertSignedIn(client);
        assertSignedIn(realm.signInWithApp(user));

        TestCodeSet over = TestCodeSet.of(2).used(0).used(1);
        user.admin().update(Map.of("credentials", List.of(over.credential())));
        LoginClient later = realm.signInWithApp(user);
        later.page().assertText("#backupCodesReason", "backupCodesAskUsedUp");
        later.notNow();
        assertSignedIn(later);
        // a younger set that is used up again: what was said before was about another one
        user.admin()
                .update(Map.of(
                        "credentials", List.of(TestCodeSet.of(2).used(0).used(1).credential())));
        assertInvited(realm.signInWithApp(user));
    }

    @Test
    void offLeavesThoseAloneWhoNeverHadCodes() {
        try (TestRealm off = TestRealm.create()) {
            assertSignedIn(off.signInWithApp(off.user("alice").otp().create()));
            for (Kind kind : Kind.values()) {
                TestUser user =
                        off.user(kind.username()).otp().codes(kind.codes()).create();
                LoginClient client = off.signInWithApp(user);
                assertInvited(client);
                client.notNow();
                assertSignedIn(client);
            }
        }
    }

    @Test
    void whereCodesAreRequiredTheSignInGoesOnOnlyWithThem() {
        try (TestRealm strict = TestRealm.builder()
                .policy("ask-users-with-second-factor", "require")
                .create()) {
            TestUser user = strict.user("alice").otp().create();
            LoginClient client = strict.signInWithApp(user);
            assertInvited(client);
            client.page().assertHasNo("[name=notNow]");
            client.submit(Selectors.PROMPT_PAGE, Map.of("notNow", "true"));
            assertInvited(client);
            client.submit(Selectors.PROMPT_PAGE, Map.of("continue", "true"));
            assertInvited(client);
            client.acceptInvitation();
            client.page().assertHasNo("[name=notNow], [name=continue], [name=cancel-aia]");
            client.submit(Selectors.NEW_CODES_FORM, Map.of("notNow", "true"));
            assertThat(client.page().backupCodes()).as("%s", client.page()).hasSize(10);
            assertInvited(strict.signInWithApp(user));
            client.saveCodes();
            assertSignedIn(client);
            assertSignedIn(strict.signInWithApp(user));

            for (Kind kind : Kind.values()) {
                LoginClient other = strict.signInWithApp(
                        strict.user(kind.username()).otp().codes(kind.codes()).create());
                assertInvited(other);
                assertThat(other.page().has("[name=notNow]")).as("%s", kind).isEqualTo(kind.works);
            }
        }
    }

    @Test
    void afterTheUseOfACodeThereIsAPageOfItsOwn() {
        TestCodeSet few = TestCodeSet.of(4).used(0);
        TestUser user = user("used-a-code", few);
        LoginClient client = realm.enterCode(user, few.code(1));
        assertThat(client.isAfterUse()).as("%s", client.page()).isTrue();
        client.continueSignIn();
        assertSignedIn(client);
    }

    @Test
    void whatAnAdministratorRequiresIsNoQuestion() {
        TestUser user = user("required");
        user.admin().require(BackupCodesNames.ACTION);
        LoginClient client = realm.signInWithApp(user);
        assertThat(client.page().backupCodes()).as("%s", client.page()).hasSize(10);
        client.page().assertHasNo("[name=notNow]");

        TestUser later = user("required-meanwhile");
        LoginClient asked = realm.signInWithApp(later);
        assertInvited(asked);
        later.admin().require(BackupCodesNames.ACTION);
        asked.notNow();
        assertThat(asked.page().backupCodes()).as("%s", asked.page()).hasSize(10);
        asked.page().assertHasNo("[name=notNow]");
        asked.saveCodes();
        assertSignedIn(asked);
    }

    @Test
    void codesMadeInAnotherWindowAnswerTheQuestion() {
        TestUser user = user("two-windows");
        LoginClient open = realm.signInWithApp(user);
        assertInvited(open);
        LoginClient other = realm.signInWithApp(user);
        other.acceptInvitation();
        other.saveCodes();
        assertSignedIn(other);
        open.get(open.page().url());
        assertSignedIn(open);
    }

    @Test
    void nobodyIsAskedWhereTheFlowTakesNoCodes() {
        try (TestRealm without = TestRealm.builder().asking().create()) {
            TestUser user = without.user("alice").otp().create();
            without.admin().requireExecution(TestRealm.FLOW, without.backupCodeExecution(), "DISABLED");
            assertSignedIn(without.signInWithApp(user));
            without.admin().requireExecution(TestRealm.FLOW, without.backupCodeExecution(), "ALTERNATIVE");
            assertInvited(without.signInWithApp(user));

            // the flow of the client counts, not that of the realm
            RealmAdmin admin = without.admin();
            admin.bindBrowserFlow(TestRealm.CLIENT, "browser");
            assertSignedIn(without.signInWithApp(user));
        }
    }

    @Test
    void aSignInThatGotRoundTheSecondFactorIsNoOccasion() {
        try (TestRealm lax = TestRealm.builder().asking().create()) {
            TestUser user = lax.user("alice").otp().create();
            String condition =
                    lax.admin().addExecution(TestRealm.SECOND_FACTOR_FLOW, "conditional-user-attribute", "REQUIRED");
            lax.admin()
                    .configureExecution(
                            condition, Map.of("attribute_name", "careful", "attribute_expected_value", "yes"));
            LoginClient client = lax.signIn(user);
            assertSignedIn(client);
        }
        try (TestRealm levels = TestRealm.builder().asking().create()) {
            StepUpFlow.bindIn(levels.admin());
            TestUser user = levels.user("alice").otp().create();
            LoginClient client = levels.newBrowser();
            client.open(Map.of("acr_values", "1"));
            client.password(user.username(), user.password());
            assertSignedIn(client);
            client.open(Map.of("acr_values", "2"));
            client.otp(user.totp().now());
            assertInvited(client);
            client.acceptInvitation();
            client.saveCodes();
            assertSignedIn(client);
        }
    }

    @Test
    void aDirectGrantGoesThrough() throws Exception {
        TestUser user = user("direct-grant");
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(realm.url() + "/protocol/openid-connect/token"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString("grant_type=password&client_id="
                                        + TestRealm.CLIENT + "&username=" + user.username() + "&password="
                                        + URLEncoder.encode(user.password(), StandardCharsets.UTF_8)
                                        + "&totp=" + user.totp().now()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void whoIsSignedInAlreadyIsNotAskedAgain() {
        TestUser user = user("signed-in");
        LoginClient client = realm.signInWithApp(user);
        client.notNow();
        remember(user, "");
        client.open();
        assertSignedIn(client);
        client.open(Map.of("prompt", "none"));
        assertSignedIn(client);
    }

    @ParameterizedTest
    @CsvSource({"UPDATE_PASSWORD, #kc-passwd-update-form", "CONFIGURE_TOTP, #kc-totp-settings-form"})
    void anActionOfAnApplicationIsNotInterrupted(String action, String form) {
        TestUser user = user("sent-for-" + action.toLowerCase(Locale.ROOT));
        LoginClient client = realm.signInFor(user, action);
        client.otp(user.totp().now());
        client.assertHas(form);
        client.submit(form, Map.of("cancel-aia", "true"));
        assertSignedIn(client);
        assertThat(client.parameter("kc_action_status")).contains("cancelled");
    }

    @Test
    void whoHasJustSetUpAnAppIsAskedAtOnce() {
        TestUser user = realm.user("new-app").requiredAction(SET_UP_APP).create();
        LoginClient client = realm.signIn(user);
        client.submit(Selectors.APP_SETUP_FORM, Map.of("totp", "000000"));
        client.get(client.page().url()).assertHas(Selectors.APP_SETUP_FORM);
        scan(client);
        assertInvited(client);
        client.acceptInvitation();
        client.saveCodes();
        assertSignedIn(client);
        assertThat(user.admin().requiredActions()).isEmpty();
    }

    @Test
    void whoHasSetUpAnAppForAnApplicationIsAskedAtOnce() {
        TestUser user = realm.user("new-app-by-action").create();
        LoginClient client = realm.signIn(user);
        assertSignedIn(client);
        client.open(Map.of("kc_action", SET_UP_APP));
        scan(client);
        assertInvited(client);
        client.notNow();
        assertSignedIn(client);
        assertThat(client.parameter("kc_action_status")).contains("success");
        client.open(Map.of("kc_action", SET_UP_APP));
        scan(client);
        assertSignedIn(client);
    }

    private static Totp scan(LoginClient client) {
        return client.setUpApp("phone " + System.nanoTime());
    }

    private static TestUser user(String name) {
        return realm.user(name).otp().create();
    }

    private static TestUser user(String name, TestCodeSet codes) {
        return realm.user(name).otp().codes(codes).create();
    }

    private static void assertInvited(LoginClient client) {
        assertThat(client.isInvited()).as("%s", client.page()).isTrue();
    }

    private static void assertSignedIn(LoginClient client) {
        client.assertSignedIn();
    }

    private static String remembered(TestUser user) {
        return Optional.ofNullable(user.admin()
                        .representation()
                        .path("attributes")
                        .path(REMEMBERED)
                        .path(0)
                        .asText(null))
                .orElse("");
    }

    private static void remember(TestUser user, String value) {
        user.admin().update(Map.of("attributes", Map.of(REMEMBERED, List.of(value))));
    }
}
