package io.github.backupcodes.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.backupcodes.support.AdminException;
import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.CodeList;
import io.github.backupcodes.support.KeycloakServer;
import io.github.backupcodes.support.LoginClient;
import io.github.backupcodes.support.MadeCodes;
import io.github.backupcodes.support.ServerBuilder;
import io.github.backupcodes.support.TestRealm;
import io.github.backupcodes.support.TestUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A server in FIPS mode, with Bouncy Castle's FIPS module: it has no Argon2. */
class FipsIT {

    @Test
    void codesAreHashedByPbkdf2AndWorkOnEveryServer() throws IOException {
        List<String> codes;
        TestUser alice;
        try (KeycloakServer server = fips()) {
            TestRealm realm = TestRealm.on(server)
                    .with("realm", "fips")
                    .with("passwordPolicy", "")
                    .create();
            alice = realm.user("alice").otp().create();

            codes = CodeList.madeBy(alice, realm);
            assertThat(scheme(realm, alice)).isEqualTo("pbkdf2-sha512");
            assertThat(CodeList.tryCode(alice, realm, codes.get(4)).isSignedIn())
                    .isTrue();
            LoginClient again = CodeList.tryCode(alice, realm, codes.get(4));
            assertThat(again.isSignedIn()).isFalse();
            assertThat(again.page().body()).contains("already been used");

            // nobody would get in by it
            TestUser.Builder bob = realm.user("bob").otp().codes(MadeCodes.of(3));
            assertThatExceptionOfType(AdminException.class)
                    .isThrownBy(bob::create)
                    .withMessageContaining("this server has no Argon2");

            List<String> renewed = CodeList.madeBy(alice, realm);
            assertThat(CodeList.tryCode(alice, realm, codes.get(0)).page().body())
                    .contains("from an older list");
            codes = renewed;
        }
        try (KeycloakServer server = KeycloakServer.named("fips")
                .database("--db=dev-file")
                .keepingData()
                .start()) {
            TestRealm realm = TestRealm.of(server, server.admin().realm("fips"));
            assertThat(CodeList.tryCode(alice, realm, codes.get(0)).isSignedIn())
                    .isTrue();
            // and here new ones are made by Argon2 again
            TestUser carol = realm.user("carol").otp().create();
            List<String> ofCarol = CodeList.madeBy(carol, realm);
            assertThat(CodeList.tryCode(carol, realm, ofCarol.get(0)).isSignedIn())
                    .isTrue();
            assertThat(scheme(realm, carol)).isEqualTo("argon2id");
        }
    }

    private static KeycloakServer fips() throws IOException {
        ServerBuilder server = KeycloakServer.named("fips")
                .database("--db=dev-file")
                .options("--features=fips", "--fips-mode=non-strict");
        try (Stream<Path> jars = Files.list(BuildFiles.directory().resolve("fips"))) {
            jars.forEach(server::provider);
        }
        return server.start();
    }

    private static String scheme(TestRealm realm, TestUser user) {
        return realm.admin()
                .client()
                .get(realm.admin().path("/backup-codes/users/" + user.id()))
                .path("scheme")
                .asText();
    }
}
