package io.github.backupcodes.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.code.BackupCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewCodesBeanTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Demo | alice | Demo-backup-codes-alice.txt",
                "Müller & Söhne | jörg@example.org | Müller-&-Söhne-backup-codes-jörg@example.org.txt",
                "a/b\\c:d | ../../etc/passwd | a-b-c-d-backup-codes-..-..-etc-passwd.txt",
                "<b>*?</b> | \"x\" | -b-b--backup-codes--x-.txt"
            })
    void the_file_has_a_name_that_every_file_system_takes(String site, String user, String name) {
        assertThat(bean(site, user).getFileName()).isEqualTo(name);
    }

    @Test
    void what_turns_breaks_or_hides_text_is_left_out_of_names() {
        NewCodesBean bean = bean(" Ba\u202Ekery\u2028\u0007 & \u00ADSons\u0085", "a\u200Dli\u2066ce\uFEFF\uDB40\uDC41");
        assertThat(bean.getSite()).isEqualTo("Bakery & Sons");
        assertThat(bean.getUser()).isEqualTo("alice");
        assertThat(bean.getFileName()).isEqualTo("Bakery-&-Sons-backup-codes-alice.txt");
    }

    @Test
    void it_shows_the_codes_in_groups_and_prints_none() {
        NewCodesBean bean = bean("Demo", "alice");
        assertThat(bean.getCodes()).containsExactly("ABCDE-FGHJK-MNPQR");
        assertThat(bean).hasToString("NewCodesBean[redacted]");
    }

    private static NewCodesBean bean(String site, String user) {
        return new NewCodesBean(
                List.of(new BackupCode("ABCDEFGHJKMNPQR")),
                site,
                "login.example.org",
                user,
                "November 22, 2026",
                null,
                false,
                false,
                false);
    }
}
