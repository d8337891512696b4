package io.github.backupcodes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.BuildFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The reference of the admin REST says what the OpenAPI document says, which the server is held against. */
class RestPageTest {

    @Test
    void it_is_made_from_the_openapi_document() throws IOException {
        String made = new RestPage(OpenApiContract.document()).text();
        Path copy = Files.writeString(BuildFiles.directory().resolve("rest.md"), made);
        assertThat(Path.of("docs/rest.md")).as("copy %s", copy).hasContent(made);
    }
}
