package io.github.backupcodes.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.backupcodes.code.Alphabet;
import io.github.backupcodes.code.BackupCode;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeGenerator;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.ProcessRunner;
import io.github.backupcodes.support.realm.AdminException;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.IssuedCodes;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.TestApplication;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.realm.Totp;
import io.github.backupcodes.support.server.KeycloakServer;
import io.github.backupcodes.support.server.SharedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users who come with hashed codes: the program of {@code docs/import.md} hashes them, Keycloak imports them, they work. */
class ImportDocIT {

    private static final DocPage PAGE = new DocPage("import.md");
    private static final String PASSWORD = "correct horse battery staple";

    @AutoClose
    private static final TestRealm realm = TestRealm.create();

    @ParameterizedTest
    @CsvSource({"argon2id, base32, 15", "argon2id, digits, 8", "pbkdf2-sha512, base32, 12"})
    void whatTheProgramPrintsIsASetThatWorks(String scheme, String alphabet, int length, @TempDir Path directory)
            throws IOException {
        List<String> codes = draw(alphabet, length);
        JsonNode credential = hash(scheme, alphabet, codes, directory);
        TestUser user = realm.user(scheme + "-" + alphabet)
                .otp()
                .credential(representation(credential))
                .create();

        assertThat(user.admin().backupCodes().path("total").asInt()).isEqualTo(3);
        realm.signInWith(user, codes.get(2)).assertSignedIn();
        assertThat(user.admin().usedBackupCodes()).isEqualTo(1);
    }

    @Test
    void realmJsonAndPartialImportTakeItToo(@TempDir Path directory) throws IOException {
        List<String> codes = draw("base32", 15);
        ObjectNode credential = (ObjectNode) hash("argon2id", "base32", codes, directory);
        Totp app = Totp.random();
        Map<String, Object> user = Map.of(
                "username",
                "alice",
                "enabled",
                true,
                "email",
                "alice@example.org",
                "firstName",
                "Alice",
                "lastName",
                "Example",
                "credentials",
                List.of(Map.of("type", "password", "value", PASSWORD), app.credential(), credential));
        ObjectNode imported = (ObjectNode) Json.read(new DocPage("setup.md").block("realm"));
        String name = "import-" + Long.toString(System.nanoTime(), 36);
        imported.put("realm", name);
        imported.putPOJO("users", List.of(user));
        imported.putPOJO(
                "clients",
                List.of(Map.of(
                        "clientId",
                        TestRealm.CLIENT,
                        "publicClient",
                        true,
                        "redirectUris",
                        List.of(TestApplication.shared().redirectUri().toString()))));
        KeycloakServer server = SharedServer.get();
        server.admin().post("/realms", imported);
        RealmAdmin admin = server.admin().realm(name);
        try {
            opens(TestRealm.of(server, admin), codes.get(0));

            server.admin()
                    .delete(admin.path("/users/" + admin.userNamed("alice").id()));
            server.admin()
                    .postForAnswer(
                            admin.path("/partialImport"), Map.of("ifResourceExists", "FAIL", "users", List.of(user)));
            opens(TestRealm.of(server, admin), codes.get(0));
        } finally {
            admin.delete();
        }
    }

    @Test
    void aSetThatCannotBeReadIsNotImported() {
        TestUser.Builder user = realm.user("unreadable")
                .credential(Map.of(
                        "type", BackupCodesNames.CREDENTIAL, "credentialData", "{\"version\":1}", "secretData", "{}"));
        assertThatExceptionOfType(AdminException.class)
                .isThrownBy(user::create)
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(400));
    }

    private static void opens(TestRealm imported, String code) {
        LoginClient client = imported.newBrowser();
        client.signIn("alice", PASSWORD);
        client.otpOrBackupCode(code);
        client.assertSignedIn();
    }

    @ParameterizedTest
    @CsvSource({"base32, 15", "digits, 8"})
    void theProgramDrawsCodesThatWork(String alphabet, int length, @TempDir Path directory) throws IOException {
        List<String> printed = hashing(List.of("argon2id", alphabet, "3"), "", directory)
                .lines()
                .toList();
        List<String> codes = printed.subList(0, 3);
        IssuedCodes.add(codes);
        assertThat(codes).allSatisfy(code -> assertThat(code.replace("-", "")).hasSize(length));
        TestUser user = realm.user("drawn-" + alphabet)
                .otp()
                .credential(representation(Json.read(printed.get(3))))
                .create();
        realm.signInWith(user, codes.get(1)).assertSignedIn();
    }

    @Test
    void whatCouldNeverBeTypedIsRefusedByTheProgram(@TempDir Path directory) {
        List<String> arguments = List.of("argon2id", "base32");
        for (String codes : List.of("AAAAA-AAAAA-AAAAA", "", "!")) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .as(codes)
                    .isThrownBy(() -> hashing(arguments, codes, directory))
                    .withMessageMatching("(?s).*(never works: [A!]+|no codes)\\s*");
        }
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> hashing(List.of("argon2id", "digits"), "123456\n654321", directory))
                .withMessageContaining("too short for this number");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> hashing(List.of(), "", directory))
                .withMessageContaining("usage: ");
    }

    private static Map<String, Object> representation(JsonNode credential) {
        return Map.of(
                "type",
                credential.path("type").asText(),
                "credentialData",
                credential.path("credentialData").asText(),
                "secretData",
                credential.path("secretData").asText());
    }

    private static JsonNode hash(String scheme, String alphabet, List<String> codes, Path directory)
            throws IOException {
        // as users write them down
        String written = String.join("\n", codes).toLowerCase(Locale.ROOT).replace('0', 'o');
        String input = alphabet.equals("base32") ? written : String.join("\n", codes);
        return Json.read(hashing(List.of(scheme, alphabet), input, directory));
    }

    private static String hashing(List<String> arguments, String input, Path directory) throws IOException {
        Path program = directory.resolve("HashCodes.java");
        Files.writeString(program, PAGE.program("java"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                bouncyCastle().toString(),
                program.toString()));
        command.addAll(arguments);
        return ProcessRunner.run(command, Map.of(), input);
    }

    private static Path bouncyCastle() throws IOException {
        try (Stream<Path> jars = Files.list(SharedServer.get().home().resolve("lib/lib/main"))) {
            return jars.filter(jar -> String.valueOf(jar.getFileName()).startsWith("org.bouncycastle.bcprov-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<String> draw(String alphabet, int length) {
        CodeFormat format = new CodeFormat(alphabet.equals("base32") ? Alphabet.BASE32 : Alphabet.DIGITS, length);
        List<String> codes = new CodeGenerator(new SecureRandom())
                .generate(format, 3).stream().map(BackupCode::grouped).toList();
        IssuedCodes.add(codes);
        return codes;
    }
}
