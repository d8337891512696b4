package io.github.backupcodes.support.realm;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * The administration of one user.
 *
 * @param id the user's id
 */
public record UserAdmin(RealmAdmin realm, String id) {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The user as it is. */
    public JsonNode representation() {
        return realm.client().get(path(""));
    }

    /** Changes some fields; the others stay. */
    public void update(Map<String, ?> changes) {
        realm.client().put(path(""), RealmAdmin.merged(representation(), changes));
    }

    /** Deletes the user. */
    public void delete() {
        realm.client().delete(path(""));
    }

    /** What administrators are told of the user's backup codes. */
    public JsonNode codesState() {
        return realm.client().get(realm.path("/backup-codes/users/" + id));
    }

    /** Takes all backup codes from the user, as an administrator does. */
    public void revokeCodes() {
        realm.client().delete(realm.path("/backup-codes/users/" + id));
    }

    /**
     * The stored credentials.
     *
     * @return each with {@code id}, {@code type}, {@code userLabel}, {@code createdDate}, {@code credentialData}
     */
    public List<JsonNode> credentials() {
        return Json.list(realm.client().get(path("/credentials")));
    }

    /**
     * The stored credentials of one type.
     *
     * @param type for example {@code otp} or {@code backup-codes}
     */
    public List<JsonNode> credentials(String type) {
        return credentials().stream()
                .filter(credential -> credential.path("type").asText().equals(type))
                .toList();
    }

    /** What administrators see of the user's backup codes. */
    public JsonNode backupCodes() {
        return Json.read(codeSet().path("credentialData").asText());
    }

    /** The credential of the user's backup codes, of which there is one. */
    public JsonNode codeSet() {
        List<JsonNode> sets = credentials(BackupCodesNames.CREDENTIAL);
        if (sets.size() != 1) {
            throw new IllegalStateException(sets.size() + " sets of backup codes");
        }
        return sets.get(0);
    }

    /** How many of the user's backup codes are used. */
    public int usedBackupCodes() {
        return backupCodes().path("uses").size();
    }

    /** Deletes one credential. */
    public void deleteCredential(String credential) {
        realm.client().delete(path("/credentials/" + credential));
    }

    /** Deletes all credentials of one type. */
    public void deleteCredentials(String type) {
        credentials(type)
                .forEach(credential -> deleteCredential(credential.path("id").asText()));
    }

    /** Sets what the user must do at the next sign-in. */
    public void require(String... aliases) {
        update(Map.of("requiredActions", List.of(aliases)));
    }

    /** What the user must do at the next sign-in. */
    public List<String> requiredActions() {
        return Json.texts(representation().path("requiredActions"));
    }

    /**
     * The user's sessions.
     *
     * @return how many there are
     */
    public int sessions() {
        return realm.client().get(path("/sessions")).size();
    }

    /** Ends the user's sessions. */
    public void logout() {
        realm.client().post(path("/logout"), Map.of());
    }

    /** What the brute-force detection of the realm knows. */
    public JsonNode bruteForce() {
        return realm.client().get(realm.path("/attack-detection/brute-force/users/" + id));
    }

    /** Makes the brute-force detection forget the user's failures. */
    public void forgiveFailures() {
        realm.client().delete(realm.path("/attack-detection/brute-force/users/" + id));
    }

    /** The id of the first credential of a type. */
    public String credentialId(String type) {
        return credentials(type).get(0).path("id").asText();
    }

    /** What Keycloak stores openly of the first credential of a type. */
    public JsonNode credentialData(String type) {
        return Json.read(credentials(type).get(0).path("credentialData").asText());
    }

    /** How many failures Keycloak's brute force detection has counted. */
    public int failures() {
        return bruteForce().path("numFailures").asInt();
    }

    /** Waits until that number of failures was counted, because Keycloak counts them in another thread. */
    public void awaitFailures(int count) {
        Awaitility.await(count + " failures")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> failures() == count);
    }

    /** For a second the number of failures stays, because one that is counted late would still be seen. */
    public void assertFailuresStay(int count) {
        Awaitility.await().atMost(PATIENCE).during(Duration.ofSeconds(1)).until(() -> failures() == count);
    }

    /** The events of a type that are about this user, the newest first. */
    public List<JsonNode> events(String type) {
        return realm.events(type).stream()
                .filter(event -> event.path("userId").asText().equals(id))
                .toList();
    }

    private String path(String rest) {
        return realm.path("/users/" + id + rest);
    }
}
