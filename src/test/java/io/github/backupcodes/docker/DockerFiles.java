package io.github.backupcodes.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.github.backupcodes.support.BuildFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files of {@code docker/}. */
final class DockerFiles {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private DockerFiles() {}

    static Path path(String name) {
        return BuildFiles.project().resolve("docker").resolve(name);
    }

    /** The instructions of the Dockerfile: no comments, one line each. */
    static List<String> instructions() throws IOException {
        return Files.readString(path("Dockerfile"))
                .replaceAll("(?m)^#.*\n", "")
                .replaceAll("\\\\\n\\s*", "")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    /** The documents of a YAML file. */
    static List<JsonNode> yaml(String name) throws IOException {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(path(name).toFile())) {
            return documents.readAll();
        }
    }
}
