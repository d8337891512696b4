package io.github.backupcodes.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The compose file is safe to start on any machine. */
class ComposeTest {

    private static final Pattern LOOPBACK = Pattern.compile("127\\.0\\.0\\.1:[^:]+(:-\\d+})?:\\d+");
    private static final Pattern OF_THE_ENVIRONMENT = Pattern.compile("\\$\\{[A-Z_]+:-\\w+}");

    private final JsonNode services = DockerFiles.yaml("compose.yaml").get(0).path("services");

    ComposeTest() throws IOException {}

    @Test
    void onlyLoopbackIsPublished() {
        List<String> ports = new ArrayList<>();
        services.forEach(service -> service.path("ports").forEach(port -> ports.add(port.asText())));

        assertThat(ports).hasSize(2).allMatch(port -> LOOPBACK.matcher(port).matches());
        services.forEach(service -> assertThat(service.has("network_mode")).isFalse());
    }

    @Test
    void keycloakWaitsForWhatItNeeds() {
        JsonNode needed = services.path("keycloak").path("depends_on");

        assertThat(needed.fieldNames()).toIterable().containsExactlyInAnyOrder("postgres", "mail");
        needed.fieldNames().forEachRemaining(name -> {
            assertThat(needed.path(name).path("condition").asText()).isEqualTo("service_healthy");
            assertThat(services.path(name).has("healthcheck")).isTrue();
        });
    }

    @Test
    void nothingIsWrittenToImages() {
        services.forEach(service -> {
            assertThat(service.path("read_only").asBoolean()).isTrue();
            assertThat(service.path("privileged").asBoolean()).isFalse();
            assertThat(service.path("security_opt").toString()).contains("no-new-privileges:true");
        });
    }

    @Test
    void passwordsCanBeSetFromOutside() {
        List<String> passwords = new ArrayList<>();
        services.forEach(service -> service.path("environment").properties().stream()
                .filter(variable -> variable.getKey().endsWith("PASSWORD"))
                .forEach(variable -> passwords.add(variable.getValue().asText())));

        assertThat(passwords)
                .hasSize(3)
                .allMatch(password -> OF_THE_ENVIRONMENT.matcher(password).matches());
    }

    @Test
    void imagesHaveVersions() {
        for (String name : List.of("postgres", "mail")) {
            assertThat(services.path(name).path("image").asText()).matches("\\$\\{[A-Z_]+:-.+:v?\\d+(\\.\\d+)*}");
        }
        assertThat(services.path("keycloak").path("build").path("dockerfile").asText())
                .isEqualTo("docker/Dockerfile");
    }

    /** The realm takes its mail server from variables, which this file and {@code mvn -Pdemo} set. */
    @Test
    void realmSendsToTheMailCatcher() throws IOException {
        JsonNode smtp =
                Json.read(Files.readString(DockerFiles.path("demo-realm.json"))).path("smtpServer");
        JsonNode environment = services.path("keycloak").path("environment");

        assertThat(smtp.path("host").asText()).startsWith("${DEMO_SMTP_HOST:");
        assertThat(smtp.path("port").asText()).startsWith("${DEMO_SMTP_PORT:");
        assertThat(services.has(environment.path("DEMO_SMTP_HOST").asText())).isTrue();
        assertThat(environment.path("DEMO_SMTP_PORT").asText()).isEqualTo("1025");
    }
}
