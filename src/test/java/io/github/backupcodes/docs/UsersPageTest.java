package io.github.backupcodes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.BuildFiles;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** {@code docs/users.md} quotes the pages as they are. */
class UsersPageTest {

    @Test
    void every_message_that_it_explains_is_one_of_ours() throws IOException {
        Properties texts = new Properties();
        try (Reader file =
                Files.newBufferedReader(BuildFiles.project().resolve("themes/messages/messages_en.properties"))) {
            texts.load(file);
        }
        List<String> known = texts.values().stream()
                .map(text -> String.valueOf(text).replaceAll("\\{\\d}", "…"))
                .toList();
        List<String> quoted = Files.readAllLines(BuildFiles.project().resolve("docs/users.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| the page says"))
                .map(line -> line.split("\\|", -1)[1].strip())
                .toList();
        assertThat(quoted).hasSizeGreaterThan(5).allSatisfy(quote -> assertThat(known)
                .as(quote)
                .anySatisfy(text -> assertThat(text).startsWith(quote)));
    }
}
