package io.github.backupcodes.support.server;

import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.Unchecked;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The image that containers of servers are made of.
 *
 * @param name with its tag, for example {@code quay.io/keycloak/keycloak:26.7.3}
 */
public record ServerImage(String name) {

    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+\\S*");

    /** The one that the build asks for with {@code -Dkeycloak.image}. */
    public static ServerImage asked() {
        String given = System.getProperty("keycloak.image");
        return new ServerImage(
                given != null ? given : "quay.io/keycloak/keycloak:" + version(BuildFiles.keycloakHome()));
    }

    /** This image, or, for another version than the one of this build, the same image of that version. */
    ServerImage of(Path distribution) {
        if (distribution.equals(BuildFiles.keycloakHome())) {
            return this;
        }
        return new ServerImage(name.substring(0, name.lastIndexOf(':') + 1) + version(distribution));
    }

    private static String version(Path distribution) {
        return Unchecked.get(() -> {
            Matcher version = VERSION.matcher(Files.readString(distribution.resolve("version.txt")));
            if (!version.find()) {
                throw new IllegalStateException("no version in " + distribution);
            }
            return version.group();
        });
    }
}
