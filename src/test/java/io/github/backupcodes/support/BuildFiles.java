package io.github.backupcodes.support;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Where the build puts things. The build hands the places over as system properties; an IDE gets the usual ones. */
public final class BuildFiles {

    private BuildFiles() {}

    /** The build directory. */
    public static Path directory() {
        return Path.of(System.getProperty("project.build.directory", "target")).toAbsolutePath();
    }

    /** The root of the project. */
    public static Path project() {
        String given = System.getProperty("project.basedir");
        Path parent = directory().getParent();
        return given != null || parent == null
                ? Path.of(given == null ? "." : given).toAbsolutePath()
                : parent;
    }

    /** The extension, as it is delivered. */
    public static Path extension() {
        String given = System.getProperty("backupcodes.jar");
        Optional<Path> jar =
                given != null ? Optional.of(Path.of(given)) : only(directory(), "keycloak-backup-codes-", ".jar");
        return jar.filter(Files::isRegularFile)
                .orElseThrow(() -> new IllegalStateException("no jar of the extension, run: mvn package"));
    }

    /** A theme of the tests. */
    public static Path testTheme(String name) {
        return directory().resolve("test-classes/themes").resolve(name);
    }

    /** The unpacked server distribution; it is only copied from. */
    public static Path keycloakHome() {
        String given = System.getProperty("keycloak.home");
        Optional<Path> home = given != null
                ? Optional.of(Path.of(given))
                : only(directory().resolve("keycloak-dist"), "keycloak-", "");
        return home.filter(path -> Files.isRegularFile(path.resolve("bin/kc.sh")))
                .orElseThrow(() -> new IllegalStateException("no unpacked Keycloak, run: mvn package"));
    }

    /**
     * Passes over a test, on Keycloaks that are older than what it is about.
     *
     * @param version the first one that has it, for example {@code 26.6}
     */
    public static void onKeycloakSince(String version, String what) {
        Assumptions.assumeTrue(isKeycloakSince(version), what);
    }

    /** Whether the distribution is of a version or a later one. */
    public static boolean isKeycloakSince(String version) {
        return Version.parse(keycloakVersion()).compareTo(Version.parse(version)) >= 0;
    }

    /** The version of the distribution. */
    public static String keycloakVersion() {
        return String.valueOf(keycloakHome().getFileName()).replaceFirst("keycloak-", "");
    }

    private static Optional<Path> only(Path directory, String prefix, String suffix) {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> found = files.filter(file -> {
                        String name = String.valueOf(file.getFileName());
                        return name.startsWith(prefix)
                                && name.endsWith(suffix)
                                && !name.matches(".*-(tests|sources|javadoc)\\.jar");
                    })
                    .toList();
            return found.stream().findFirst();
        } catch (IOException absent) {
            return Optional.empty();
        }
    }
}
