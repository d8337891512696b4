package io.github.backupcodes.benchmark;

import io.github.backupcodes.benchmark.SignIns.CodeForm;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.TestRealm;
import java.util.Map;

/** The ways to sign in with a code on one server, each in a realm and with users of its own. */
record CodeSides(BenchmarkServer server, int signIns) {

    /** Keycloak's recovery codes. */
    Code recoveryCodes() {
        TestRealm realm = BenchmarkRealm.withRecoveryCodes(server.server());
        return new Code(
                server,
                "recovery codes",
                SignIns.to(realm),
                ReadyUsers.withRecoveryCodes(server.database(), realm, users()),
                CodeForm.ofRecoveryCodes(realm));
    }

    /** Backup codes, with all that belongs to them. */
    Code backupCodes() {
        return code("backup codes", ownRealm());
    }

    /** Backup codes, without the page that follows a used one: then just as much is seen as with recovery codes. */
    Code backupCodesAlone() {
        return alone("backup codes without the page after", ownRealm());
    }

    /** The same with the keyed hash. */
    Code keyedCodesAlone() {
        return alone("keyed codes", KeyedHashJmh.realm(server.server()));
    }

    /** Backup codes in the field of the OTP, without the page that follows a used one. */
    Variant oneFieldAlone() {
        TestRealm realm = BenchmarkRealm.withBackupCodes(server.server(), BackupCodesNames.ONE_FIELD, Map.of());
        ReadyUsers users = ReadyUsers.withBackupCodes(server.database(), realm, users());
        BenchmarkRealm.withoutPageAfterUse(realm);
        return new Variant("one field", server.meter(), SignIns.to(realm).byOneField(users));
    }

    private TestRealm ownRealm() {
        return BenchmarkRealm.withBackupCodes(server.server(), BackupCodesNames.AUTHENTICATOR, Map.of());
    }

    private Code alone(String name, TestRealm realm) {
        Code code = code(name, realm);
        BenchmarkRealm.withoutPageAfterUse(realm);
        return code;
    }

    private Code code(String name, TestRealm realm) {
        return new Code(
                server,
                name,
                SignIns.to(realm),
                ReadyUsers.withBackupCodes(server.database(), realm, users()),
                CodeForm.ofBackupCodes(realm));
    }

    private int users() {
        return ReadyUsers.forCodes(signIns);
    }

    /** Codes of some kind in a realm. */
    record Code(BenchmarkServer server, String name, SignIns signIns, ReadyUsers users, CodeForm form) {

        /** All of a sign-in. */
        Variant whole() {
            return new Variant(name, server.meter(), signIns.byCode(users, form));
        }

        /** The last step alone: from the typed code to the redirect to the application. */
        Variant step() {
            return new Variant(name + ", the step", server.meter(), signIns.codeStep(users, form));
        }

        /** The form alone, looked at. */
        Variant page() {
            return new Variant(name + ", the page", server.meter(), signIns.codePage(users, form));
        }
    }
}
