package io.github.backupcodes.benchmark;

import io.github.backupcodes.benchmark.ReadyUsers.Ready;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.server.KeycloakServer;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * How people sign in to a realm, from the sign-in page to the redirect to the application.
 *
 * <p>The load is driven by the {@link LoginClient} of the tests and not by Gatling or k6: codes are used up, so that each sign-in
 * needs a user and a code of its own, in order; the sides of a comparison have to take turns within seconds, with the CPU time,
 * the allocations and the hashes of the server read around each turn; and what is measured is then just what the tests hold.
 *
 * @param nodes the servers that have it, taken in turn; each sign-in stays where it began
 */
record SignIns(TestRealm realm, List<KeycloakServer> nodes) {

    /** How often a person looks at the form for codes where only that is measured. */
    static final int LOOKS = 10;

    private static final HttpClient HTTP = LoginClient.connections();
    private static final AtomicInteger TURN = new AtomicInteger();

    static SignIns to(TestRealm realm) {
        return new SignIns(realm, List.of(realm.server()));
    }

    /** With the password alone. */
    BenchmarkTask byPassword(ReadyUsers users) {
        return whole(() -> signIn(users.again()));
    }

    /** With an OTP. */
    BenchmarkTask byOtp(ReadyUsers users) {
        return whole(() -> {
            Ready user = users.again();
            LoginClient client = signIn(user);
            client.otp(user.totp().now());
            return client;
        });
    }

    /** With a code, by way of "Try another way". */
    BenchmarkTask byCode(ReadyUsers users, CodeForm form) {
        return whole(() -> {
            Ready user = users.next();
            LoginClient client = atForm(user, form);
            form.enter(client, user.code());
            return client;
        });
    }

    /** With a backup code in the field of the OTP. */
    BenchmarkTask byOneField(ReadyUsers users) {
        return whole(() -> {
            Ready user = users.next();
            LoginClient client = signIn(user);
            client.otpOrBackupCode(user.code());
            return client;
        });
    }

    /** The same, of which only the last step is measured. */
    BenchmarkTask codeStep(ReadyUsers users, CodeForm form) {
        return () -> {
            Ready user = users.next();
            LoginClient client = atForm(user, form);
            return () -> {
                form.enter(client, user.code());
                signedIn(client);
            };
        };
    }

    /** The form for codes, chosen again and again, from the request to the last byte. Opening it again leads to the OTP. */
    BenchmarkTask codePage(ReadyUsers users, CodeForm form) {
        return () -> {
            LoginClient client = atForm(users.again(), form);
            return () -> {
                for (int look = 0; look < LOOKS; look++) {
                    client.choose(form.execution());
                    if (!client.page().has("[name=" + form.field() + "]")) {
                        throw new IllegalStateException("no form for codes: " + client.page());
                    }
                }
            };
        };
    }

    /** A new session of a user who has come to the form for codes. */
    LoginClient atForm(Ready user, CodeForm form) {
        LoginClient client = signIn(user);
        client.tryAnotherWay();
        client.choose(form.execution());
        return client;
    }

    private LoginClient signIn(Ready user) {
        LoginClient client = realm.session(HTTP, nodes.get(Math.floorMod(TURN.getAndIncrement(), nodes.size())));
        client.signIn(user.username(), user.password());
        return client;
    }

    private static BenchmarkTask whole(Supplier<LoginClient> all) {
        return () -> () -> signedIn(all.get());
    }

    private static void signedIn(LoginClient client) {
        if (!client.isSignedIn()) {
            throw new IllegalStateException(
                    "not signed in: " + client.page() + " " + client.page().error());
        }
    }

    /** A form for codes. */
    record CodeForm(String execution, String field, BiConsumer<LoginClient, String> typing) {

        private static final String RECOVERY_FIELD = "recoveryCodeInput";

        /** The extension's. */
        static CodeForm ofBackupCodes(TestRealm realm) {
            return new CodeForm(
                    BenchmarkRealm.backupCodeExecution(realm), BackupCodesNames.FIELD, LoginClient::backupCode);
        }

        /** Keycloak's. */
        static CodeForm ofRecoveryCodes(TestRealm realm) {
            return new CodeForm(
                    BenchmarkRealm.recoveryCodeExecution(realm),
                    RECOVERY_FIELD,
                    (client, code) -> client.submit("#kc-recovery-code-login-form", Map.of(RECOVERY_FIELD, code)));
        }

        void enter(LoginClient client, String code) {
            typing.accept(client, code);
        }
    }
}
