package io.github.backupcodes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.realm.AdminClient;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.TestApplication;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.SharedServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The ways to set up a realm in {@code docs/setup.md}, each as it stands there, until someone signs in with a code. */
class SetupDocIT {

    private static final DocPage PAGE = new DocPage("setup.md");

    @Test
    void oneCallWithKcadm() {
        try (TestRealm realm = TestRealm.builder().withoutBackupCodes().create()) {
            KcadmScript kcadm = new KcadmScript(realm.server(), realm.name(), PAGE);

            String said = kcadm.run(PAGE.block("dry run"));
            assertThat(browserFlow(realm.admin())).isEqualTo("browser");
            assertThat(kcadm.run(PAGE.block("one call"))).isEqualTo(said).contains("bound as the browser flow");

            opens(realm);
            assertThat(kcadm.run(PAGE.block("codes by e-mail"))).contains("email-code-form added to", "NIST");
            realm.signIn(realm.user("by-mail").emailCode().create()).assertHas("#verification-code");
        }
    }

    @Test
    void stepByStepWithKcadm() {
        try (TestRealm realm = TestRealm.builder().withoutBackupCodes().create()) {
            new KcadmScript(realm.server(), realm.name(), PAGE).run(PAGE.block("step by step"));

            assertThat(codeCount(realm.admin())).isEqualTo("12");
            assertThat(realm.admin().executions("browser with backup codes"))
                    .last()
                    .satisfies(
                            last -> assertThat(last.path("providerId").asText()).isEqualTo("backup-code-lost"));
            opens(realm);
            assertThat(realm.admin()
                            .postForAnswer("/backup-codes/setup", Map.of("authenticator", BackupCodesNames.ONE_FIELD))
                            .path("changes"))
                    .as("what the one call would still do")
                    .allSatisfy(change -> assertThat(change.asText()).startsWith("role manage-backup-codes added"));
        }
    }

    @Test
    void realmJson() {
        opensImported(Json.read(PAGE.block("realm")));
    }

    @Test
    void configCli() throws IOException {
        JsonNode realm = new ObjectMapper(new YAMLFactory()).readTree(PAGE.block("config-cli"));
        opensImported(realm);
        assertThat(withoutTexts(realm.path("authenticationFlows")))
                .isEqualTo(withoutTexts(Json.read(PAGE.block("realm")).path("authenticationFlows")));
    }

    /** The provider of Terraform is not that is open: its resources are made one by one, as it makes them. */
    @Test
    void terraform() {
        try (TestRealm realm = TestRealm.builder().withoutBackupCodes().create()) {
            TerraformPlan terraform = new TerraformPlan(PAGE.block("terraform"));
            assertThat(terraform.unknownArguments()).isEmpty();
            terraform.apply(realm.admin());

            assertThat(codeCount(realm.admin())).isEqualTo("12");
            assertThat(withoutTexts(exported(realm.admin())))
                    .containsAll(withoutTexts(Json.read(PAGE.block("realm")).path("authenticationFlows")));
            opens(realm);
        }
    }

    private static void opensImported(JsonNode representation) {
        ObjectNode realm = representation.deepCopy();
        String name = "doc-" + Long.toString(System.nanoTime(), 36);
        AdminClient client = SharedServer.get().admin();
        client.post("/realms", realm.put("realm", name));
        RealmAdmin admin = client.realm(name);
        try {
            assertThat(codeCount(admin)).isEqualTo("12");
            Set<String> listed = aliases(realm.path("requiredActions"));
            listed.add("delete_account");
            assertThat(aliases(client.get(admin.path("/authentication/required-actions"))))
                    .isEqualTo(listed);
            assertThat(aliases(client.get(admin.path("/authentication/flows"))))
                    .as("Keycloak's own too")
                    .contains("browser", "direct grant", "reset credentials");
            client.post(
                    admin.path("/clients"),
                    Map.of(
                            "clientId",
                            TestRealm.CLIENT,
                            "publicClient",
                            true,
                            "redirectUris",
                            List.of(TestApplication.shared().redirectUri().toString())));
            opens(TestRealm.of(SharedServer.get(), admin));
        } finally {
            admin.delete();
        }
    }

    /** A user is asked for the OTP, signs in with a code in the same field, and generates new codes. */
    private static void opens(TestRealm realm) {
        TestCodeSet codes = TestCodeSet.of(2);
        TestUser user = realm.user("alice").otp().codes(codes).create();
        LoginClient client = realm.signIn(user);
        client.assertHas("#kc-otp-login-form");
        client.tryAnotherWay();
        client.choose(realm.admin().execution(browserFlow(realm.admin()), "backup-code-lost"));
        client.page().assertHas("#backup-code-lost");
        client = realm.signIn(user);
        client.otp(codes.code(1));
        client.makeCodes();
        assertThat(client.page().backupCodes()).as("%s", client.page()).isNotEmpty();
        client.saveCodes();
        client.assertSignedIn();
    }

    private static Set<String> aliases(JsonNode list) {
        return new TreeSet<>(list.findValuesAsText("alias"));
    }

    private static String browserFlow(RealmAdmin admin) {
        return admin.representation().path("browserFlow").asText();
    }

    private static String codeCount(RealmAdmin admin) {
        return admin.codesSetting("code-count").asText();
    }

    private static JsonNode exported(RealmAdmin admin) {
        return admin.postForAnswer("/partial-export", Map.of()).path("authenticationFlows");
    }

    /** Each flow with its executions, in a form to be compared. */
    private static Set<String> withoutTexts(JsonNode flows) {
        return Json.list(flows).stream()
                .map(flow -> flow.path("alias").asText() + ": "
                        + Json.list(flow.path("authenticationExecutions")).stream()
                                .map(step -> String.join(
                                        " ",
                                        step.path("priority").asText(),
                                        step.path("requirement").asText(),
                                        step.path("authenticator").asText()
                                                + step.path("flowAlias").asText()))
                                .collect(Collectors.toCollection(TreeSet::new)))
                .collect(Collectors.toSet());
    }
}
