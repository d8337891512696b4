package io.github.backupcodes.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.BuildFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;

/**
 * Every class, method and field of the server that the jar names is in the server's libraries: what no other test reaches
 * would fail in production, with a {@code NoSuchMethodError}, on a Keycloak older than the one that was compiled against; and what
 * a newer one asks of the extension besides, with an {@code AbstractMethodError}.
 */
class LinkageIT {

    /** Named in methods that are called where the server has them, and nowhere else. */
    private static final Set<String> ASKED_FOR_FIRST =
            Set.of("UsedActionTokens$Revoked.add", "TemporaryCodePermissions.ofUser");

    @Test
    void theServerHasWhatTheJarNames() throws IOException {
        Set<String> missing = missing(BuildFiles.keycloakHome().resolve("lib/lib"));
        assertThat(missing)
                .allSatisfy(name -> assertThat(ASKED_FOR_FIRST).anyMatch(asked -> name.endsWith("<- " + asked)));
    }

    @Test
    void theJarHasWhatTheServerCalls() throws IOException {
        List<String> open = new ArrayList<>();
        read(
                BuildFiles.keycloakHome().resolve("lib/lib"),
                (members, type) -> open.addAll(members.open(type.getClassName())));
        assertThat(open).isEmpty();
    }

    @Test
    void aServerWithoutLibrariesHasNothing() throws IOException {
        Path none = BuildFiles.keycloakHome().resolve("bin");
        assertThat(missing(none)).hasSizeGreaterThan(100);
    }

    private static Set<String> missing(Path libraries) throws IOException {
        Set<String> missing = new TreeSet<>();
        read(libraries, (members, type) -> type.accept(new MissingMemberVisitor(members, missing), 0));
        return missing;
    }

    /** Goes through the classes of the jar, as a server with these libraries sees them. */
    private static void read(Path libraries, BiConsumer<ClassMembers, ClassReader> reader) throws IOException {
        List<URL> places =
                new ArrayList<>(List.of(BuildFiles.extension().toUri().toURL()));
        try (Stream<Path> files = Files.walk(libraries)) {
            for (Path jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                places.add(jar.toUri().toURL());
            }
        }
        try (JarFile jar = new JarFile(BuildFiles.extension().toFile());
                URLClassLoader server =
                        new URLClassLoader(places.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            ClassMembers members = new ClassMembers(server);
            for (JarEntry entry : jar.stream()
                    .filter(each -> each.getName().endsWith(".class"))
                    .toList()) {
                try (InputStream bytes = jar.getInputStream(entry)) {
                    reader.accept(members, new ClassReader(bytes));
                }
            }
        }
    }
}
