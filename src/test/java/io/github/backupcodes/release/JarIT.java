package io.github.backupcodes.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The jar as it is delivered, and its bill of materials. */
class JarIT {

    private static final long MOST_BYTES = 1_850_000;

    @Test
    void nothingInItTellsWhereOrWhenOrByWhomItWasBuilt() throws IOException {
        List<String> traces = List.of(
                BuildFiles.project().toString(),
                System.getProperty("user.home") + "/",
                System.getProperty("java.home"));
        Set<Long> times = new HashSet<>();
        try (JarFile jar = new JarFile(BuildFiles.extension().toFile())) {
            for (ZipEntry entry : jar.stream().toList()) {
                if (!entry.getName().startsWith("io/github/backupcodes/sms/shaded/")) {
                    times.add(entry.getTime());
                }
                String content = new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
                assertThat(traces).as(entry.getName()).noneMatch(content::contains);
            }
            assertThat(jar.getManifest().getMainAttributes().keySet())
                    .extracting(String::valueOf)
                    .containsExactlyInAnyOrder("Manifest-Version", "Implementation-Title", "Implementation-Version");
        }
        assertThat(times)
                .as("one time for all, that of the POM; the library keeps its own")
                .hasSize(1);
    }

    @Test
    void everyClassInItIsOurs() throws IOException {
        try (JarFile jar = new JarFile(BuildFiles.extension().toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class")))
                    .isNotEmpty()
                    .allMatch(name -> name.startsWith("io/github/backupcodes/"));
            assertThat(jar.stream().map(ZipEntry::getName)).noneMatch(name -> name.endsWith(".jar"));
        }
    }

    /** Users copy it into every node and image. */
    @Test
    void itIsSmall() throws IOException {
        assertThat(Files.size(BuildFiles.extension())).isLessThan(MOST_BYTES);
    }

    /** Another extension may bring another version of it. */
    @Test
    void theLibraryInItHasAnotherName() throws IOException {
        List<String> library = new ArrayList<>();
        try (JarFile jar = new JarFile(BuildFiles.extension().toFile())) {
            for (ZipEntry entry : jar.stream().toList()) {
                if (entry.getName().startsWith("io/github/backupcodes/sms/")) {
                    library.add(entry.getName());
                    String content = new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
                    assertThat(content).as(entry.getName()).doesNotContain("com/google", "com.google");
                }
            }
        }
        assertThat(library)
                .contains(
                        "io/github/backupcodes/sms/shaded/PhoneNumberUtil.class",
                        "io/github/backupcodes/sms/number/numbering-plans.zip")
                .noneMatch(name -> name.contains("ShortNumber"));
    }

    @Test
    void theLicenceIsInIt() throws IOException {
        try (JarFile jar = new JarFile(BuildFiles.extension().toFile())) {
            assertThat(text(jar, "META-INF/LICENSE"))
                    .isEqualTo(Files.readString(BuildFiles.project().resolve("LICENSE")))
                    .contains("Apache License", "Version 2.0");
            assertThat(text(jar, "META-INF/NOTICE")).contains("The Libphonenumber Authors", "META-INF/LICENSE");
        }
    }

    /** The plugin that makes it has held it against the schema. */
    @Test
    void theBillOfMaterialsNamesTheLibraryInTheJarAlone() throws IOException {
        Path jar = BuildFiles.extension();
        JsonNode bill = Json.read(Files.readString(
                jar.resolveSibling(String.valueOf(jar.getFileName()).replaceFirst("\\.jar$", "-cyclonedx.json"))));
        assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
        JsonNode component = bill.at("/metadata/component");
        assertThat(component.path("purl").asText())
                .startsWith("pkg:maven/io.github.backupcodes/keycloak-backup-codes@");
        assertThat(component.at("/licenses/0/license/id").asText()).isEqualTo("Apache-2.0");
        assertThat(bill.path("components")).singleElement().satisfies(library -> {
            assertThat(library.path("purl").asText())
                    .startsWith("pkg:maven/com.googlecode.libphonenumber/libphonenumber@");
            assertThat(library.at("/licenses/0/license/id").asText()).isEqualTo("Apache-2.0");
        });
    }

    private static String text(JarFile jar, String name) throws IOException {
        return new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
