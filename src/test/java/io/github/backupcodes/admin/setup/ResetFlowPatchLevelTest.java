package io.github.backupcodes.admin.setup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResetFlowPatchLevelTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "26.4.15",
                "26.4.16",
                "26.4.15.redhat-00001",
                "26.6.6",
                "26.6.10",
                "26.7.2",
                "26.7.3",
                "26.8.0",
                "26.9.1",
                "27.0.0",
                "999.0.0-SNAPSHOT"
            })
    void a_server_with_the_fix_brings_no_warning(String version) {
        assertThat(ResetFlowPatchLevel.warning(version)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "26.3.5, 26.4.15",
        "26.4.0, 26.4.15",
        "26.4.7, 26.4.15",
        "26.4.14, 26.4.15",
        "26.4.14.redhat-00002, 26.4.15",
        "26.5.0, 26.6.6",
        "26.5.6, 26.6.6",
        "26.5.99, 26.6.6",
        "26.6.4, 26.6.6",
        "26.6.5, 26.6.6",
        "26.7.0, 26.7.2",
        "26.7.1, 26.7.2"
    })
    void one_without_it_is_named_with_the_patch_that_has_it(String version, String target) {
        assertThat(ResetFlowPatchLevel.warning(version))
                .hasValue("Keycloak " + version
                        + " has a published vulnerability in the password reset (CVE-2026-18963): update it to "
                        + target
                        + " or later before you rely on this flow");
    }
}
