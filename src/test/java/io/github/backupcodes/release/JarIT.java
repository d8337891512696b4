package io.github.backupcodes.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The jar as it is delivered, and its bill of materials. */
class JarIT {

    @Test
    void nothingInItTellsWhereOrWhenOrByWhomItWasBuilt() throws IOException {
        List<String> traces = List.of(
                BuildFiles.project().toString(),
                System.getProperty("user.home") + "/",
                System.getProperty("java.home"));
        Set<Long> times = new HashSet<>();
        try (JarFile jar = new JarFile(BuildFiles.extension().toFile())) {
            for (ZipEntry entry : jar.stream().toList()) {
                times.add(entry.getTime());
                String content = new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
                assertThat(traces).as(entry.getName()).noneMatch(content::contains);
            }
            assertThat(jar.getManifest().getMainAttributes().keySet())
                    .extracting(String::valueOf)
                    .containsExactlyInAnyOrder("Manifest-Version", "Implementation-Title", "Implementation-Version");
        }
        assertThat(times).as("one time for all, that of the POM").hasSize(1);
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

    /** The plugin that makes it has held it against the schema. */
    @Test
    void theBillOfMaterialsSaysThatTheJarBringsNothing() throws IOException {
        Path jar = BuildFiles.extension();
        JsonNode bill = Json.read(Files.readString(
                jar.resolveSibling(String.valueOf(jar.getFileName()).replaceFirst("\\.jar$", "-cyclonedx.json"))));
        assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
        JsonNode component = bill.at("/metadata/component");
        assertThat(component.path("purl").asText())
                .startsWith("pkg:maven/io.github.backupcodes/keycloak-backup-codes@");
        assertThat(component.at("/licenses/0/license/id").asText()).isEqualTo("Apache-2.0");
        assertThat(bill.path("components")).isEmpty();
        assertThat(bill.path("dependencies")).singleElement().satisfies(itself -> assertThat(itself.path("dependsOn"))
                .isEmpty());
    }
}
