package io.github.backupcodes.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The example for Kubernetes has the versions of the build, and no secret. */
class KubernetesTest {

    private final List<JsonNode> documents = DockerFiles.yaml("kubernetes/keycloak.yaml");

    KubernetesTest() throws IOException {}

    @Test
    void imageIsThatOfTheDockerfile() throws IOException {
        assertThat(documents).hasSize(1);
        JsonNode keycloak = documents.get(0);
        assertThat(keycloak.path("kind").asText()).isEqualTo("Keycloak");
        assertThat(keycloak.path("apiVersion").asText()).isEqualTo("k8s.keycloak.org/v2alpha1");
        assertThat(keycloak.path("spec").path("image").asText())
                .endsWith("/keycloak-backup-codes:" + DockerPom.read().version());
        assertThat(keycloak.path("spec").path("startOptimized").asBoolean()).isTrue();
    }

    @Test
    void secretsAreNamedNotWritten() {
        JsonNode spec = documents.get(0).path("spec");
        List<String> secrets = new ArrayList<>();
        for (String name : List.of("usernameSecret", "passwordSecret")) {
            secrets.add(spec.path("db").path(name).path("name").asText());
        }
        secrets.add(spec.path("http").path("tlsSecret").asText());

        assertThat(secrets).doesNotContain("").hasSize(3);
        assertThat(spec.toString().toLowerCase(Locale.ROOT)).doesNotContain("\"password\":\"");
    }
}
