package io.github.backupcodes.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.HelpDeskCode;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestRecoveryCodes;
import io.github.backupcodes.support.realm.TestUser;
import java.util.List;
import java.util.Map;

/**
 * What administrators and users have left behind in a realm: settings and flow, sets with used codes, codes of the help desk,
 * uses of recovery codes, and a login verification that was put off.
 */
record SeededRealm(
        Arrangement arrangement, List<CodeHolder> holders, TestUser renewing, JsonNode stored, TestUser postponing) {

    private static final int COUNT = 6;
    private static final String VERIFICATION = "#login-verification";

    private record Arrangement(JsonNode codes, JsonNode verification, JsonNode browserFlow, List<String> executions) {

        static Arrangement of(RealmAdmin realm) {
            return new Arrangement(
                    realm.requiredActionConfig(BackupCodesNames.ACTION),
                    realm.requiredActionConfig(BackupCodesNames.VERIFICATION),
                    realm.representation().path("browserFlow"),
                    realm.executions(TestRealm.FLOW).stream()
                            .map(execution -> "%s %s %s %s"
                                    .formatted(
                                            execution.path("id").asText(),
                                            execution.path("displayName").asText(),
                                            execution.path("requirement").asText(),
                                            execution.path("level").asText()))
                            .toList());
        }
    }

    /**
     * Leaves it behind.
     *
     * @return what is to be found again
     */
    static SeededRealm in(TestRealm.Builder description) {
        TestRealm realm =
                description.policy("code-count", String.valueOf(COUNT)).create();
        HelpDeskCode.prepare(realm);
        realm.admin().configureRequiredAction(BackupCodesNames.VERIFICATION, Map.of("grace-days", "10"));

        TestUser alice = realm.user("alice").otp().create();
        List<String> codes = realm.generateCodes(alice);
        assertThat(codes).hasSize(COUNT);
        TestCodeSet imported = TestCodeSet.of(3).used(2);
        TestUser bob = realm.user("bob").otp().codes(imported).create();
        TestUser carol = realm.user("carol").otp().create();
        TestUser dave = realm.user("dave").otp().create();
        TestRecoveryCodes recoveryCodes = TestRecoveryCodes.now();
        TestUser erin =
                realm.user("erin").otp().credential(recoveryCodes.credential()).create();
        List<CodeHolder> holders = List.of(
                new CodeHolder(alice, codes.subList(0, 1), codes.subList(1, 3)),
                new CodeHolder(bob, List.of(), List.of(imported.code(0), imported.code(1))),
                new CodeHolder(carol, List.of(), List.of(HelpDeskCode.issue(realm, carol))),
                new CodeHolder(dave, List.of(HelpDeskCode.issue(realm, dave)), List.of()),
                new CodeHolder(
                        erin, List.of(recoveryCodes.code(4)), List.of(recoveryCodes.code(7), recoveryCodes.code(0))));
        holders.forEach(holder -> holder.useUp(realm));

        TestUser frank = realm.user("frank").mustSetUpVerification().create();
        LoginClient later = realm.signIn(frank);
        later.assertHas(VERIFICATION);
        later.submit(VERIFICATION + "-later", Map.of("skip", "true"));
        later.assertSignedIn();
        return new SeededRealm(
                Arrangement.of(realm.admin()), holders, alice, alice.admin().backupCodes(), frank);
    }

    /** Makes sure that it is all there and goes on to work. */
    void holdsIn(TestRealm realm) {
        assertThat(Arrangement.of(realm.admin())).isEqualTo(arrangement);
        assertThat(realm.admin().user(renewing.id()).backupCodes()).isEqualTo(stored);
        holders.forEach(holder -> holder.codesWorkOnceIn(realm));

        LoginClient later = realm.signIn(postponing);
        later.assertSignedIn("put off");

        realm.admin().user(renewing.id()).require(BackupCodesNames.ACTION);
        LoginClient session = realm.signInWithApp(renewing);
        List<String> fresh = session.page().backupCodes();
        session.saveCodes();
        assertThat(fresh).as("the setting").hasSize(COUNT);
        new CodeHolder(renewing, List.of(), List.of(fresh.get(COUNT - 1))).codesWorkOnceIn(realm);
    }
}
