package io.github.backupcodes.loginverification;

import static io.github.backupcodes.loginverification.LoginVerificationClient.byApplication;
import static io.github.backupcodes.loginverification.LoginVerificationClient.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.realm.AdminException;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.realm.Totp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Putting login verification off, for as long as the realm lets users do that. */
class LoginVerificationPostponementIT {

    private static final String FIRST_ASKED = "login-verification-first-asked";
    private static final String PUT_OFF = "login-verification-put-off";

    @AutoClose
    private static final TestRealm realm = LoginVerificationClient.ready(TestRealm.create());

    @BeforeAll
    static void prepareRealm() {
        realm.admin()
                .configureRequiredAction(
                        BackupCodesNames.VERIFICATION, Map.of("grace-days", "10", "reminder-days", "3"));
        // administrators see and write what users do not
        RealmAdmin admin = realm.admin();
        ObjectNode profile = admin.get("/users/profile").deepCopy();
        profile.put("unmanagedAttributePolicy", "ADMIN_EDIT");
        admin.put("/users/profile", profile);
    }

    @Test
    void itIsPutOffAndComesBackAndIsThenForGood() {
        TestUser user = required("postponing");
        LoginVerificationClient visit = signIn(realm, user).isAsked();
        assertThat(visit.canSkip()).isTrue();
        assertThat(visit.page().text("#loginVerificationUntil"))
                .isEqualTo(Messages.of(
                        "loginVerificationUntil",
                        day(LocalDate.now(ZoneId.systemDefault()).plusDays(10))));
        visit.skip().isSignedIn();
        assertThat(user.admin().requiredActions()).isEmpty();
        assertThat(realm.admin().events("CUSTOM_REQUIRED_ACTION_ERROR")).anySatisfy(event -> {
            assertThat(event.path("userId").asText()).isEqualTo(user.id());
            assertThat(event.path("error").asText()).isEqualTo("rejected_by_user");
        });
        visit.client().open(Map.of("prompt", "none"));
        visit.isSignedIn();
        signIn(realm, user).isSignedIn();

        write(user, PUT_OFF, 3);
        assertThat(signIn(realm, user).isAsked().canSkip()).as("the reminder").isTrue();
        signIn(realm, user).skip().isSignedIn();
        signIn(realm, user).isSignedIn();

        write(user, FIRST_ASKED, 10);
        LoginVerificationClient late = signIn(realm, user).isAsked();
        assertThat(late.canSkip()).isFalse();
        late.client().submit("#login-verification-form", Map.of("skip", "true"));
        late.isAsked().chooseApp().scan().saveCodes().isSignedIn();
        assertThat(user.admin().representation().path("attributes").has(FIRST_ASKED))
                .isFalse();
        assertThat(user.admin().representation().path("attributes").has(PUT_OFF))
                .isFalse();
    }

    @Test
    void whoSetsAFactorUpMeanwhileIsNotRemindedOfIt() {
        TestUser user = required("setting-up-meanwhile");
        signIn(realm, user).skip().isSignedIn();
        LoginClient client = realm.signInFor(user, "CONFIGURE_TOTP");
        String secret = client.page().document().select("#totpSecret").attr("value");
        client.submit(
                Selectors.APP_SETUP_FORM, Map.of("totp", Totp.ofStored(secret).now(), "userLabel", "phone"));
        client.assertSignedIn();
        write(user, PUT_OFF, 4);
        client.open(Map.of("prompt", "none"));
        client.assertSignedIn();
    }

    @Test
    void aRequestOfAnAdministratorEndsThePause() {
        TestUser user = required("asked-anew");
        signIn(realm, user).skip().isSignedIn();
        user.admin().require(BackupCodesNames.VERIFICATION);
        assertThat(signIn(realm, user).isAsked().canSkip()).isTrue();
    }

    @Test
    void whoComesFromAnApplicationCancels() {
        TestUser user = realm.user("from-app").create();
        LoginVerificationClient visit = byApplication(realm, user).isAsked();
        assertThat(visit.canSkip()).isFalse();
        assertThat(visit.cancel().status()).isEqualTo("cancelled");
        assertThat(user.admin().representation().path("attributes").has(FIRST_ASKED))
                .as("asked for by nobody else")
                .isFalse();

        TestUser both = required("from-app-and-required");
        assertThat(byApplication(realm, both).isAsked().skip().status()).isEqualTo("cancelled");
        signIn(realm, both).isSignedIn();
    }

    @Test
    void theUserCannotWriteWhatIsRemembered() {
        TestUser user = required("cheating");
        LoginVerificationClient visit = signIn(realm, user).skip().isSignedIn();
        String before = attribute(user, FIRST_ASKED);
        String token = visit.client().tokens().path("access_token").asText();
        URI account = URI.create(realm.url() + "/account/");
        JsonNode own = Json.read(visit.client()
                .send(authorized(visit.client(), account, token).GET().build())
                .body());
        assertThat(own.path("attributes").has(FIRST_ASKED)).isFalse();

        ObjectNode changed = own.deepCopy();
        changed.put("firstName", "Another");
        changed.putObject("attributes").putArray(FIRST_ASKED).add("2099-01-01T00:00:00Z");
        visit.client()
                .send(authorized(visit.client(), account, token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(Json.write(changed)))
                        .build());
        assertThat(attribute(user, FIRST_ASKED)).isEqualTo(before);
    }

    @Test
    void aDayHoldsForEverybody() {
        try (TestRealm dated = LoginVerificationClient.ready(TestRealm.create())) {
            TestUser user = dated.user("until-a-day").mustSetUpVerification().create();
            LocalDate today = LocalDate.now(ZoneId.systemDefault());
            configure(dated, Map.of("skippable-until", today.minusDays(1).toString()));
            assertThat(signIn(dated, user).isAsked().canSkip()).isFalse();
            configure(dated, Map.of("skippable-until", today.toString()));
            LoginVerificationClient visit = signIn(dated, user).isAsked();
            visit.page().assertText("#loginVerificationUntil", "loginVerificationUntil", day(today));
            visit.skip().isSignedIn();
            signIn(dated, user).isSignedIn();
            configure(dated, Map.of("skippable-until", ""));
            assertThat(signIn(dated, user).isAsked().canSkip())
                    .as("whose time is over is asked at once")
                    .isFalse();
        }
    }

    @Test
    void everybodyCanBeAsked() {
        try (TestRealm strict = LoginVerificationClient.ready(TestRealm.create())) {
            TestUser user = strict.user("long-standing").create();
            TestUser on = strict.user("has-it").otp().create();
            signIn(strict, user).isSignedIn();
            configure(strict, Map.of("ask-everybody", "true", "grace-days", "5"));
            signIn(strict, user).isAsked().skip().isSignedIn();
            signIn(strict, user).isSignedIn();
            strict.signInWithApp(on).assertSignedIn();
            LoginVerificationClient session = signIn(strict, user);
            configure(strict, Map.of("ask-everybody", "true"));
            session.client().open(Map.of("prompt", "none"));
            session.isSignedIn();
            session.client().open();
            session.isAsked();
            LoginVerificationClient visit = signIn(strict, user).isAsked();
            assertThat(visit.canSkip()).isFalse();
            visit.chooseApp().scan().saveCodes().isSignedIn();
        }
    }

    @Test
    void badSettingsAreRefused() {
        try (TestRealm strict = LoginVerificationClient.ready(TestRealm.create())) {
            for (Map<String, String> bad : List.of(
                    Map.of("skippable-until", "31.12.2027"),
                    Map.of("grace-days", "366"),
                    Map.of("reminder-days", "0"))) {
                assertThatThrownBy(() -> configure(strict, bad))
                        .isInstanceOfSatisfying(AdminException.class, refusal -> assertThat(refusal.getMessage())
                                .contains("400"));
            }
        }
    }

    private static TestUser required(String name) {
        return realm.user(name).mustSetUpVerification().create();
    }

    private static void configure(TestRealm where, Map<String, String> config) {
        where.admin().configureRequiredAction(BackupCodesNames.VERIFICATION, config);
    }

    private static void write(TestUser user, String attribute, int daysAgo) {
        ObjectNode attributes = user.admin().representation().path("attributes").deepCopy();
        attributes
                .putArray(attribute)
                .add(Instant.now().minus(daysAgo, ChronoUnit.DAYS).toString());
        user.admin().update(Map.of("attributes", attributes));
    }

    private static String attribute(TestUser user, String name) {
        return user.admin()
                .representation()
                .path("attributes")
                .path(name)
                .path(0)
                .asText();
    }

    private static HttpRequest.Builder authorized(LoginClient client, URI url, String token) {
        return client.request(url).setHeader("Accept", "application/json").header("Authorization", "Bearer " + token);
    }

    private static String day(LocalDate day) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(Locale.ENGLISH)
                .format(day);
    }
}
