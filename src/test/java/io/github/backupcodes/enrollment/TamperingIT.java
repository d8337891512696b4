package io.github.backupcodes.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.HttpPage;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is saved that the server did not make and show; until something is saved, the old set lives on. */
class TamperingIT {

    private static final TestCodeSet OLD = TestCodeSet.of(3);

    @AutoClose
    private static final TestRealm realm = TestRealm.create();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "codesSaved=",
                "codesSaved=false",
                "codesSaved=true",
                "codesSaved=ON",
                "codesSaved=off&codesSaved=on",
                "codessaved=on",
                "codesSaved=on%20"
            })
    void onlyTheTickedBoxSaves(String body) {
        TestUser user = owner("box" + Math.floorMod(body.hashCode(), 1_000_000));
        JsonNode before = user.admin().backupCodes();
        LoginClient client = realm.renewCodes(user);
        List<String> first = client.page().backupCodes();
        assertThat(first).as("%s", client.page()).hasSize(10);
        assertNotStored(client.page());

        HttpPage page = client.send(client.prepareRaw(client.action(Selectors.NEW_CODES_FORM), body));
        page.assertError("backupCodesErrorNotSaved");
        assertThat(page.backupCodes()).hasSize(10).doesNotContainAnyElementsOf(first);
        assertThat(page.body()).as("the codes shown before").doesNotContain(first);
        assertNotStored(page);
        assertThat(user.admin().backupCodes()).isEqualTo(before);

        LoginClient withOld = realm.signInWith(user, OLD.code(1));
        withOld.assertSignedIn("the old set lives on");
    }

    @Test
    void whatTheClientAddsIsIgnored() {
        TestUser user = owner("adds");
        String mine = TestCodeSet.wrong();
        LoginClient client = realm.renewCodes(user);
        List<String> codes = client.page().backupCodes();
        Instant before = Instant.now().minusSeconds(60);
        client.send(client.prepareRaw(
                client.action(Selectors.NEW_CODES_FORM),
                "codesSaved=on&backupCode=" + mine + "&backupCodes=" + mine + "&codes=" + mine
                        + "&generatedRecoveryAuthnCodes=" + mine + "&hash=AAAA&hashes=AAAA&salt=AAAA&total=99"
                        + "&createdAt=1970-01-01T00:00:00Z&generatedAt=10000&userLabel=mine"
                        + "&credentialData=%7B%7D&secretData=%7B%7D"));
        client.assertSignedIn();

        JsonNode saved = user.admin().backupCodes();
        assertThat(saved.path("total").asInt()).isEqualTo(10);
        assertThat(saved.path("uses")).isEmpty();
        assertThat(Instant.parse(saved.path("createdAt").asText())).isAfter(before);
        assertThat(user.admin()
                        .credentials(BackupCodesNames.CREDENTIAL)
                        .get(0)
                        .path("userLabel")
                        .asText())
                .isEqualTo(Messages.of("backupCodesLabel", "10", "10"));
        realm.signInWith(user, mine).page().assertError("backupCodeErrorWrong");
        realm.signInWith(user, codes.get(4)).assertSignedIn();
    }

    @Test
    void sendingTwiceSavesOnce() {
        TestUser user = owner("twice");
        LoginClient client = realm.renewCodes(user);
        List<String> codes = client.page().backupCodes();
        HttpRequest save = client.prepare(Selectors.NEW_CODES_FORM, Map.of("codesSaved", "on"));
        client.send(save);
        client.assertSignedIn();
        JsonNode saved = user.admin().backupCodes();

        assertThat(client.send(save).status()).isLessThan(500);
        assertThat(user.admin().backupCodes()).as("as the first one left it").isEqualTo(saved);
        realm.signInWith(user, codes.get(0)).assertSignedIn();
    }

    @Test
    void aRequestReplayedFromAnotherBrowserSavesNothing() {
        TestUser user = owner("replay");
        LoginClient client = realm.renewCodes(user);
        JsonNode before = user.admin().backupCodes();
        LoginClient thief = realm.newBrowser();
        thief.open();
        thief.send(thief.prepareRaw(client.action(Selectors.NEW_CODES_FORM), "codesSaved=on"));
        assertThat(thief.page().status()).isLessThan(500);
        assertThat(thief.page().backupCodes()).isEmpty();
        assertThat(user.admin().backupCodes()).isEqualTo(before);
    }

    @Test
    void theActionOfAnotherUserSavesForNobody() {
        TestUser alice = owner("alice");
        TestUser bob = owner("bob");
        LoginClient hers = realm.renewCodes(alice);
        LoginClient his = realm.renewCodes(bob);
        JsonNode aliceBefore = alice.admin().backupCodes();
        JsonNode bobBefore = bob.admin().backupCodes();
        his.send(his.prepareRaw(hers.action(Selectors.NEW_CODES_FORM), "codesSaved=on"));
        assertThat(his.page().status()).isLessThan(500);
        assertThat(alice.admin().backupCodes()).isEqualTo(aliceBefore);
        assertThat(bob.admin().backupCodes()).isEqualTo(bobBefore);
    }

    @Test
    void thePageOfAnEarlierTabDoesNotSaveTheCodesOfALaterOne() {
        TestUser user = owner("tabs");
        LoginClient client = realm.renewCodes(user);
        List<String> first = client.page().backupCodes();
        HttpRequest saveFirst = client.prepare(Selectors.NEW_CODES_FORM, Map.of("codesSaved", "on"));
        client.get(client.page().url());
        List<String> second = client.page().backupCodes();
        assertThat(second).as("a reload shows other codes").hasSize(10).doesNotContainAnyElementsOf(first);

        JsonNode before = user.admin().backupCodes();
        HttpPage page = client.send(saveFirst);
        assertThat(page.error())
                .as("whoever kept the first codes must not believe that they are saved")
                .isEqualTo(Messages.of("backupCodesErrorNotSaved"));
        assertThat(user.admin().backupCodes()).isEqualTo(before);

        List<String> third = client.page().backupCodes();
        client.saveCodes();
        client.assertSignedIn();
        realm.signInWith(user, first.get(0)).assertNotSignedIn();
        realm.signInWith(user, second.get(0)).assertNotSignedIn();
        realm.signInWith(user, third.get(0)).assertSignedIn();
    }

    @Test
    void anExpiredPageSavesNothing() {
        try (TestRealm brief = TestRealm.create()) {
            // a user with a session would be led back here, to other codes
            TestUser user =
                    brief.user("alice").otp().codes(OLD).mustGenerateCodes().create();
            LoginClient client = brief.signInWithApp(user);
            JsonNode before = user.admin().backupCodes();
            HttpRequest save = client.prepare(Selectors.NEW_CODES_FORM, Map.of("codesSaved", "on"));
            HttpRequest probe = client.request(client.page().url()).GET().build();
            brief.admin().update(Map.of("accessCodeLifespanUserAction", 1, "accessCodeLifespanLogin", 1));
            // each look at the page renews it, so not too often
            await().pollInterval(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> client.send(probe).backupCodes().isEmpty());
            assertThat(client.send(save).status()).isLessThan(500);
            assertThat(user.admin().backupCodes()).isEqualTo(before);
        }
    }

    @Test
    void whomTheAdministratorDisabledInBetweenSavesNothing() {
        TestUser user = owner("disabled");
        LoginClient client = realm.renewCodes(user);
        JsonNode before = user.admin().backupCodes();
        HttpRequest save = client.prepare(Selectors.NEW_CODES_FORM, Map.of("codesSaved", "on"));
        user.admin().update(Map.of("enabled", false));
        HttpPage page = client.send(save);
        assertThat(page.status()).isBetween(400, 499);
        assertThat(page.error()).isEqualTo("Account is disabled, contact your administrator.");
        assertThat(page.backupCodes()).isEmpty();
        assertThat(user.admin().backupCodes()).isEqualTo(before);
    }

    @Test
    void whatTheAdministratorRequiresCannotBeCancelled() {
        TestUser user =
                realm.user("enforced").otp().codes(OLD).mustGenerateCodes().create();
        JsonNode before = user.admin().backupCodes();
        LoginClient client = realm.signInWithApp(user);
        assertCannotCancel(user, before, client);

        LoginClient byApplication = realm.signInFor(user, BackupCodesNames.ACTION);
        byApplication.otp(user.totp().now());
        assertCannotCancel(user, before, byApplication);

        assertThat(user.admin().requiredActions()).containsExactly(BackupCodesNames.ACTION);
    }

    private static void assertCannotCancel(TestUser user, JsonNode before, LoginClient client) {
        client.page().assertHasNo("[name=cancel-aia]");
        client.send(client.prepareRaw(client.action(Selectors.NEW_CODES_FORM), "cancel-aia=true"));
        client.assertNotSignedIn();
        client.page().assertError("backupCodesErrorNotSaved");
        assertThat(user.admin().backupCodes()).isEqualTo(before);
    }

    /** In no cache, and in no field that would be sent along. */
    private static void assertNotStored(HttpPage page) {
        assertThat(page.headers().allValues("Cache-Control")).anyMatch(value -> value.contains("no-store"));
        for (String code : page.backupCodes()) {
            assertThat(page.document()
                            .select("input, textarea, button, form, a, script")
                            .outerHtml())
                    .doesNotContain(code);
        }
    }

    private static TestUser owner(String name) {
        return realm.user(name).otp().codes(OLD).create();
    }
}
