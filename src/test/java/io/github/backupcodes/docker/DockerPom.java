package io.github.backupcodes.docker;

import io.github.backupcodes.support.BuildFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The versions that the build has. */
record DockerPom(String text) {

    static DockerPom read() throws IOException {
        return new DockerPom(Files.readString(BuildFiles.project().resolve("pom.xml")));
    }

    /** Of the extension. */
    String version() {
        return first("<artifactId>keycloak-backup-codes</artifactId>\\s*<version>([^<]+)<");
    }

    /** Of Keycloak. */
    String keycloak() {
        return first("<keycloak.version>([^<]+)<");
    }

    private String first(String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("not in pom.xml: " + pattern);
        }
        return found.group(1);
    }
}
