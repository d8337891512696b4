package io.github.backupcodes.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.Unchecked;
import java.nio.file.Files;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Maven Central asks of a POM: https://central.sonatype.org/publish/requirements/. */
class PomTest {

    private final Document pom = read();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "groupId",
                "artifactId",
                "version",
                "name",
                "description",
                "url",
                "licenses > license > name",
                "licenses > license > url",
                "developers > developer > name",
                "developers > developer > url",
                "scm > connection",
                "scm > developerConnection",
                "scm > url",
                "issueManagement > url",
                "properties > project\\.build\\.outputTimestamp"
            })
    void has(String what) {
        assertThat(pom.select("project > " + what).eachText()).singleElement().satisfies(text -> assertThat(text)
                .isNotBlank());
    }

    @Test
    void comes_from_no_repository_but_Maven_Central() {
        assertThat(pom.select("repositories, pluginRepositories, distributionManagement"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "maven-source-plugin",
                "maven-javadoc-plugin",
                "central-publishing-maven-plugin",
                "maven-artifact-plugin"
            })
    void the_release_profile_has(String plugin) {
        assertThat(pom.select("profile:has(> id:containsOwn(release)) > build > plugins > plugin > artifactId")
                        .eachText())
                .contains(plugin);
    }

    @Test
    void is_signed_only_where_there_is_a_key() {
        assertThat(pom.select("profile:has(> activation > property > name:containsOwn(env.MAVEN_GPG_KEY))"
                                + " > build > plugins > plugin > artifactId")
                        .eachText())
                .containsExactly("maven-gpg-plugin");
    }

    private static Document read() {
        return Unchecked.get(
                () -> Jsoup.parse(Files.readString(BuildFiles.project().resolve("pom.xml")), Parser.xmlParser()));
    }
}
