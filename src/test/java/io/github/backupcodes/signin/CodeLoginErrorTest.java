package io.github.backupcodes.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.code.ParsedCode;
import io.github.backupcodes.credential.verify.VerificationResult.Consequence;
import io.github.backupcodes.credential.verify.VerificationResult.Reason;
import io.github.backupcodes.credential.verify.VerificationResult.Refused;
import java.text.MessageFormat;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What users read for each reason, and what the realm counts. */
class CodeLoginErrorTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "WRONG, wrong_backup_code, backupCodeErrorWrong, true",
        "ALREADY_USED, backup_code_already_used, backupCodeErrorUsed, true",
        "REPLACED, backup_code_of_replaced_set, backupCodeErrorReplaced, true",
        "NONE_LEFT, no_backup_codes_left, backupCodeErrorNoneLeft, true",
        "MISTYPED, mistyped_backup_code, backupCodeErrorMistyped, false",
        "EXPIRED, backup_codes_expired, backupCodeErrorExpired, false",
        "PAUSED, backup_codes_paused, backupCodeErrorPaused, false",
        "DISABLED, backup_codes_disabled, backupCodeErrorDisabled, false",
        "BUSY, backup_codes_busy, backupCodeErrorBusy, false",
        "NO_SET, no_backup_codes, backupCodeErrorNoneLeft, false",
        "KEY_MISSING, backup_codes_key_missing, backupCodeErrorUnreadable, false",
        "UNREADABLE, backup_codes_unreadable, backupCodeErrorUnreadable, false",
    })
    void each_reason_has_a_message_and_is_counted_or_not(Reason reason, String id, String message, boolean counted) {
        CodeLoginError error = CodeLoginError.of(refused(reason, false), NOW);

        assertThat(error.reason()).isEqualTo(id);
        assertThat(error.message().getMessage()).isEqualTo(message);
        assertThat(error.message().getField()).isEqualTo("backupCode");
        assertThat(error.counted()).isEqualTo(counted);
    }

    @ParameterizedTest
    @EnumSource
    void a_wrong_otp_counts_whatever_else_it_was(Reason reason) {
        CodeLoginError error = CodeLoginError.of(refused(reason, false), NOW);

        assertThat(error.asAttempt().counted()).isTrue();
        assertThat(error.asAttempt().message()).isSameAs(error.message());
    }

    @ParameterizedTest
    @CsvSource({"ALREADY_USED, backupCodeErrorTemporaryUsed", "EXPIRED, backupCodeErrorTemporaryExpired"})
    void a_temporary_code_has_messages_of_its_own(Reason reason, String message) {
        assertThat(CodeLoginError.of(refused(reason, true), NOW).message().getMessage())
                .isEqualTo(message);
    }

    @ParameterizedTest
    @EnumSource
    void only_an_empty_field_is_called_empty(ParsedCode.Malformed how) {
        Refused refused = new Refused(Reason.MISTYPED, false, Consequence.NONE, null, how);

        assertThat(CodeLoginError.of(refused, NOW).message().getMessage())
                .isEqualTo(how == ParsedCode.Malformed.EMPTY ? "backupCodeErrorEmpty" : "backupCodeErrorMistyped");
    }

    @ParameterizedTest
    @CsvSource({"-5, 1", "0, 1", "1, 1", "60, 1", "61, 2", "840, 14", "841, 15", "900, 15"})
    void the_minutes_of_a_pause_are_rounded_up_and_in_the_digits_of_codes(long seconds, String minutes) {
        Refused refused = new Refused(Reason.PAUSED, false, Consequence.NONE, NOW.plusSeconds(seconds), null);

        assertThat(new MessageFormat("{0}", Locale.forLanguageTag("ar"))
                        .format(CodeLoginError.of(refused, NOW).message().getParameters()))
                .isEqualTo(minutes);
    }

    @Test
    void it_prints_no_entered_text() {
        Refused refused = new Refused(Reason.MISTYPED, false, Consequence.NONE, null, ParsedCode.Malformed.SYMBOL);

        assertThat(refused.toString()).contains("MISTYPED", "SYMBOL");
    }

    private static Refused refused(Reason reason, boolean temporary) {
        return new Refused(reason, temporary, Consequence.NONE, null, null);
    }
}
