package io.github.backupcodes.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class SiteNameTest {

    static final Arguments[] NAMES = {
        Arguments.of(null, "demo"),
        Arguments.of("", "demo"),
        Arguments.of(" \t\u00A0", "demo"),
        Arguments.of("\u200B\u202E", "demo"),
        Arguments.of("Bakery & Sons", "Bakery & Sons"),
        Arguments.of(" Bä\u202Eckerei\n ", "Bäckerei"),
        Arguments.of("مخبز  الحي", "مخبز الحي")
    };

    @ParameterizedTest
    @FieldSource("NAMES")
    void it_is_the_display_name_where_something_of_it_can_be_seen(@Nullable String displayName, String site) {
        assertThat(SiteName.of(displayName, "demo")).isEqualTo(site);
    }
}
