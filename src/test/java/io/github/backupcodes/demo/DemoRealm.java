package io.github.backupcodes.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.Unchecked;
import io.github.backupcodes.support.realm.Totp;
import java.nio.file.Files;
import java.nio.file.Path;

/** The realm of the demo and its users, as {@code docker/demo-realm.json} has them. */
final class DemoRealm {

    private final Path file;
    private final JsonNode realm;

    private DemoRealm(Path file, JsonNode realm) {
        this.file = file;
        this.realm = realm;
    }

    static DemoRealm read() {
        Path file = BuildFiles.project().resolve("docker").resolve("demo-realm.json");
        return Unchecked.get(() -> new DemoRealm(file, Json.read(Files.readString(file))));
    }

    Path file() {
        return file;
    }

    String name() {
        return realm.path("realm").asText();
    }

    String password(String user) {
        return credential(user, "password").path("value").asText();
    }

    Totp app(String user) {
        JsonNode secret = Json.read(credential(user, "otp").path("secretData").asText());
        return Totp.ofStored(secret.path("value").asText());
    }

    private JsonNode credential(String username, String type) {
        for (JsonNode user : realm.path("users")) {
            if (user.path("username").asText().equals(username)) {
                for (JsonNode credential : user.path("credentials")) {
                    if (credential.path("type").asText().equals(type)) {
                        return credential;
                    }
                }
            }
        }
        throw new IllegalStateException("no " + type + " of " + username + " in " + file);
    }
}
