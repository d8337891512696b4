package io.github.backupcodes.benchmark;

import io.github.backupcodes.benchmark.SignIns.CodeForm;
import io.github.backupcodes.race.server.CrowdResourceFactory;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.Totp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A realm in which many users have sets, and some of them sign in. */
record PopulatedRealm(BenchmarkServer server, TestRealm realm, ReadyUsers users, Variant step) {

    /** A realm with users for a number of sign-ins, and no others. */
    static PopulatedRealm on(BenchmarkServer server, String name, int signIns) {
        TestRealm realm = BenchmarkRealm.withBackupCodes(server.server(), BackupCodesNames.AUTHENTICATOR, Map.of());
        ReadyUsers users = ReadyUsers.withBackupCodes(server.database(), realm, ReadyUsers.forCodes(signIns));
        BenchmarkRealm.withoutPageAfterUse(realm);
        BenchmarkTask task = SignIns.to(realm).codeStep(users, CodeForm.ofBackupCodes(realm));
        return new PopulatedRealm(server, realm, users, new Variant(name, server.meter(), task));
    }

    /** Adds users with an OTP and a set of ten codes each, who never sign in. */
    void add(int more) {
        realm.admin()
                .post(
                        "/" + CrowdResourceFactory.ID + "?count=" + more,
                        List.of(
                                text(Totp.random().credential()),
                                text(TestCodeSet.of(10).credential())));
        server.database().analyze();
    }

    private static Map<String, String> text(Map<String, Object> credential) {
        Map<String, String> text = new HashMap<>();
        List.of("type", "credentialData", "secretData")
                .forEach(key -> text.put(key, String.valueOf(credential.get(key))));
        return text;
    }
}
