package io.github.backupcodes.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import io.github.backupcodes.support.database.Postgres;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.ContainerEngine;
import io.github.backupcodes.support.server.KeycloakServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The image of {@code docker/Dockerfile} is built, looked at and signed in to, where there is an engine that has the
 * base image; elsewhere it is skipped, with the reason.
 */
class DockerIT {

    private static final String REVISION = "0123456789abcdef0123456789abcdef01234567";
    private static final String CREATED = "2026-11-22T00:00:00Z";

    /** What the build may add to the base image: the jar, and the classes that Keycloak writes for it. */
    private static final long MOST_ADDED = 10_000_000;

    private static final BuiltImage IMAGE = new BuiltImage(System.getProperty("keycloak.image", ""));

    @BeforeAll
    static void build() {
        IMAGE.build(REVISION, CREATED);
    }

    @Test
    void imageSaysWhatItIsAndIsNotRoot() throws IOException {
        ContainerConfig config = Objects.requireNonNull(inspect(IMAGE.name()).getConfig());

        assertThat(config.getUser()).isEqualTo("1000");
        assertThat(config.getEntrypoint()).containsExactly("/opt/keycloak/bin/kc.sh");
        assertThat(config.getCmd()).containsExactly("start", "--optimized");
        assertThat(Objects.requireNonNull(config.getHealthcheck()).getTest())
                .containsExactly("CMD", "/bin/bash", "/opt/keycloak/bin/healthcheck.sh");
        assertThat(config.getLabels())
                .containsEntry(
                        "org.opencontainers.image.version", DockerPom.read().version())
                .containsEntry("org.opencontainers.image.licenses", "Apache-2.0")
                .containsEntry("org.opencontainers.image.revision", REVISION)
                .containsEntry("org.opencontainers.image.created", CREATED)
                .containsEntry("org.opencontainers.image.base.name", IMAGE.base())
                .containsKeys("org.opencontainers.image.title", "org.opencontainers.image.source");
    }

    @Test
    void imageAddsLittle() {
        long base = Objects.requireNonNull(inspect(IMAGE.base()).getSize());
        long own = Objects.requireNonNull(inspect(IMAGE.name()).getSize());

        System.out.printf("The image adds %d kB to the %d MB of its base%n", (own - base) / 1000, base / 1_000_000);
        assertThat(own - base).isBetween(1L, MOST_ADDED);
    }

    @Test
    void healthySoonAndACodeOpensTheDoor() throws IOException {
        try (Postgres postgres = Postgres.start();
                KeycloakServer server = KeycloakServer.named("image")
                        .image(IMAGE.name())
                        .database(postgres.options(postgres.createDatabase()))
                        .start()) {
            TestRealm realm = TestRealm.on(server).create();
            TestCodeSet codes = TestCodeSet.of(3);
            TestUser alice = realm.user("alice").otp().codes(codes).create();

            LoginClient client = realm.signInWith(alice, codes.code(1));

            client.assertSignedIn();
            assertThat(Files.getAttribute(Path.of("/proc/" + server.jvm()), "unix:uid"))
                    .isEqualTo(1000);
        }
    }

    private static InspectImageResponse inspect(String image) {
        return ContainerEngine.client().inspectImageCmd(image).exec();
    }
}
