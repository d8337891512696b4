package io.github.backupcodes.benchmark;

import io.github.backupcodes.benchmark.SignIns.CodeForm;
import io.github.backupcodes.race.server.CrowdFactory;
import io.github.backupcodes.support.BackupCodesNames;
import io.github.backupcodes.support.MadeCodes;
import io.github.backupcodes.support.TestRealm;
import io.github.backupcodes.support.Totp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A realm in which many users have sets, and some of them sign in.
 *
 * @param stage the server
 * @param realm the realm
 * @param users those who sign in
 * @param step  the last step of their sign-in
 */
record Crowded(Stage stage, TestRealm realm, ReadyUsers users, Side step) {

    /** A realm with users for so many sign-ins, and no others. */
    static Crowded on(Stage stage, String name, int signIns) {
        TestRealm realm = BenchmarkRealm.withBackupCodes(stage.server(), BackupCodesNames.AUTHENTICATOR, Map.of());
        ReadyUsers users = ReadyUsers.withBackupCodes(stage.database(), realm, ReadyUsers.forCodes(signIns));
        BenchmarkRealm.withoutPageAfterUse(realm);
        Task task = SignIns.to(realm).codeStep(users, CodeForm.ofBackupCodes(realm));
        return new Crowded(stage, realm, users, new Side(name, stage.meter(), task));
    }

    /** Adds users with an OTP and a set of ten codes each, who never sign in. */
    void add(int more) {
        realm.admin()
                .client()
                .post(
                        realm.admin().path("/" + CrowdFactory.ID + "?count=" + more),
                        List.of(
                                text(Totp.random().credential()),
                                text(MadeCodes.of(10).credential())));
        stage.database().analyze();
    }

    private static Map<String, String> text(Map<String, Object> credential) {
        Map<String, String> text = new HashMap<>();
        List.of("type", "credentialData", "secretData")
                .forEach(key -> text.put(key, String.valueOf(credential.get(key))));
        return text;
    }
}
