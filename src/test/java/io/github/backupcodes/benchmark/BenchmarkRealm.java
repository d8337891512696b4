package io.github.backupcodes.benchmark;

import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestRecoveryCodes;
import io.github.backupcodes.support.server.KeycloakServer;
import java.util.HashMap;
import java.util.Map;

/**
 * Realms that differ in nothing but what is compared. All have Keycloak's default password hash, detection of brute force, and
 * no stored events; what belongs to the extension is switched on by its own set-up call, with the default settings.
 */
final class BenchmarkRealm {

    private static final String FLOW = "browser with second factor";

    private BenchmarkRealm() {}

    /**
     * As the set-up call leaves it.
     *
     * @param authenticator {@link BackupCodesNames#AUTHENTICATOR} or {@link BackupCodesNames#ONE_FIELD}
     */
    static TestRealm withBackupCodes(KeycloakServer server, String authenticator, Map<String, String> policy) {
        TestRealm realm = stock(server);
        RealmAdmin admin = realm.admin();
        admin.post("/backup-codes/setup", Map.of("authenticator", authenticator));
        if (!policy.isEmpty()) {
            admin.configureCodes(policy);
        }
        return realm;
    }

    /** With Keycloak's own recovery codes beside the OTP. */
    static TestRealm withRecoveryCodes(KeycloakServer server) {
        TestRealm realm = withCopiedFlow(server);
        RealmAdmin admin = realm.admin();
        admin.requireExecution(FLOW, recoveryCodeExecution(realm), "ALTERNATIVE");
        return realm;
    }

    /** Without codes of any kind, with a flow of its own as every realm has that adds something to it. */
    static TestRealm withCopiedFlow(KeycloakServer server) {
        TestRealm realm = stock(server);
        realm.admin().copyFlow("browser", FLOW);
        realm.admin().bindBrowserFlow(FLOW);
        return realm;
    }

    /** The execution of the recovery codes in the flow. */
    static String recoveryCodeExecution(TestRealm realm) {
        return realm.admin().execution(FLOW, TestRecoveryCodes.AUTHENTICATOR);
    }

    /** The execution of the backup codes in whatever flow is bound. */
    static String backupCodeExecution(TestRealm realm) {
        String bound = realm.admin().representation().path("browserFlow").asText();
        return realm.admin().execution(bound, BackupCodesNames.AUTHENTICATOR);
    }

    /** From now on no page follows a used code, as none follows a recovery code. */
    static void withoutPageAfterUse(TestRealm realm) {
        realm.admin().updateRequiredAction(BackupCodesNames.ACTION, Map.of("enabled", false));
    }

    private static TestRealm stock(KeycloakServer server) {
        TestRealm.Builder described = TestRealm.on(server).withoutBackupCodes();
        settings().forEach(described::with);
        return described.create();
    }

    private static Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("passwordPolicy", "");
        settings.put("bruteForceProtected", true);
        settings.put("eventsEnabled", false);
        settings.put("adminEventsEnabled", false);
        settings.put("adminEventsDetailsEnabled", false);
        return settings;
    }
}
