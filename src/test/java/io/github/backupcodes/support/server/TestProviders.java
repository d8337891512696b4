package io.github.backupcodes.support.server;

import io.github.backupcodes.support.BuildFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The provider jar with what the tests add to a server: a read-only user storage, ways to hold rows locked, to end
 * single-use objects, to make many users and to tell users something, a second factor of another extension, and faults of pages, of
 * the store of single-use objects and of the cluster.
 */
public final class TestProviders {

    private static final List<String> PACKAGES =
            List.of("io/github/backupcodes/race/server", "io/github/backupcodes/enrollment/server");

    private static final Map<String, String> SERVICES = Map.of(
            "org.keycloak.models.SingleUseObjectProviderFactory",
            "io.github.backupcodes.race.server.FaultSingleUseObjectProviderFactory",
            "org.keycloak.storage.UserStorageProviderFactory",
            "io.github.backupcodes.race.server.ReadOnlyUserStorageProviderFactory",
            "org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory",
            """
            io.github.backupcodes.race.server.RowLockResourceFactory
            io.github.backupcodes.race.server.CrowdResourceFactory
            io.github.backupcodes.race.server.NotificationResourceFactory
            io.github.backupcodes.race.server.SingleUseObjectResourceFactory
            io.github.backupcodes.race.server.SingleUseCallsResourceFactory
            io.github.backupcodes.race.server.ClusterLinkResourceFactory
            """,
            "org.keycloak.credential.CredentialProviderFactory",
            "io.github.backupcodes.enrollment.server.CardCredentialsFactory",
            "org.keycloak.authentication.RequiredActionFactory",
            "io.github.backupcodes.enrollment.server.CardRegistration",
            "org.keycloak.authentication.AuthenticatorFactory",
            "io.github.backupcodes.enrollment.server.CardForm",
            "org.keycloak.theme.ThemeSelectorProviderFactory",
            "io.github.backupcodes.race.server.FaultThemeSelectorProviderFactory");

    private TestProviders() {}

    /** The jar; the first call writes it. */
    public static Path jar() {
        return Holder.JAR;
    }

    private static Path write() {
        Path classes = BuildFiles.directory().resolve("test-classes");
        Path jar = BuildFiles.directory().resolve("test-providers.jar");
        FileTime newest = FileTime.fromMillis(0);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Path path : classFiles(classes)) {
                FileTime time = Files.getLastModifiedTime(path);
                newest = time.compareTo(newest) > 0 ? time : newest;
                entry(out, classes.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
            }
            for (Map.Entry<String, String> service : SERVICES.entrySet()) {
                entry(
                        out,
                        "META-INF/services/" + service.getKey(),
                        service.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            // no newer than what is in it, so that Keycloak is not built again for nothing
            return Files.setLastModifiedTime(jar, newest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> classFiles(Path classes) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String name : PACKAGES) {
            try (Stream<Path> files = Files.list(classes.resolve(name))) {
                files.filter(path -> !path.endsWith("package-info.class"))
                        .sorted()
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static void entry(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
        out.closeEntry();
    }

    private static final class Holder {
        private static final Path JAR = write();
    }
}
