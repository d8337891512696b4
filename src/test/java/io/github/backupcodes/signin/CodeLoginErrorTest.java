package io.github.backupcodes.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.code.Alphabet;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeInputSummary;
import io.github.backupcodes.code.ParsedCode;
import io.github.backupcodes.credential.verify.VerificationResult.Consequence;
import io.github.backupcodes.credential.verify.VerificationResult.Reason;
import io.github.backupcodes.credential.verify.VerificationResult.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.models.utils.FormMessage;

/** What users read for each reason, and what the realm counts. */
class CodeLoginErrorTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final CodeAvailability OWN = new CodeAvailability(false, true, null, CodeFormat.DEFAULT);
    private static final CodeAvailability TEMPORARY = new CodeAvailability(true, false, null, CodeFormat.DEFAULT);
    private static final CodeAvailability NONE =
            new CodeAvailability(false, false, "backupCodeErrorNoneLeft", CodeFormat.DEFAULT);
    private static final String EXAMPLE = "\u2066ABCDE\u2011FGHJK\u2011MNPQR\u2069";

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
        CodeLoginError error = error(refused(reason, false), OWN);

        assertThat(error.reason()).isEqualTo(id);
        assertThat(error.message().getMessage()).isEqualTo(message);
        assertThat(error.message().getField()).isEqualTo("backupCode");
        assertThat(error.counted()).isEqualTo(counted);
    }

    @ParameterizedTest
    @EnumSource
    void a_wrong_otp_counts_whatever_else_it_was(Reason reason) {
        CodeLoginError error = error(refused(reason, false), OWN);

        assertThat(error.asAttempt().counted()).isTrue();
        assertThat(error.asAttempt().message()).isSameAs(error.message());
    }

    @ParameterizedTest
    @CsvSource({"ALREADY_USED, backupCodeErrorTemporaryUsed", "EXPIRED, backupCodeErrorTemporaryExpired"})
    void a_temporary_code_has_messages_of_its_own(Reason reason, String message) {
        assertThat(error(refused(reason, true), OWN).message().getMessage()).isEqualTo(message);
    }

    @ParameterizedTest
    @EnumSource
    void only_an_empty_field_is_called_empty(ParsedCode.Malformed how) {
        String message = error(mistyped(how), OWN).message().getMessage();

        assertThat(message.equals("backupCodeErrorEmpty")).isEqualTo(how == ParsedCode.Malformed.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({
        "CHECK_CHARACTER, ABCDE-FGHJK-MNPQR, backupCodeErrorMistyped, ''",
        "LENGTH, 123456, backupCodeErrorOtp, 6",
        "LENGTH, 1234 5678, backupCodeErrorOtp, 8",
        "LENGTH, 12345, backupCodeErrorTooShort, '\u20665/15\u2069'",
        "LENGTH, ABCDE-FGHJK-MNPQ, backupCodeErrorTooShort, '\u206614/15\u2069'",
        "LENGTH, ABCDE-FGHJK-MNPQRS, backupCodeErrorTooLong, '\u206616/15\u2069'",
        "SYMBOL, my password, backupCodeErrorSymbols, ''",
    })
    void what_was_typed_is_described_with_an_example_and_never_repeated(
            ParsedCode.Malformed how, String typed, String message, String described) {
        FormMessage error = CodeLoginError.of(mistyped(how), CodeInputSummary.of(typed), OWN, NOW)
                .message();

        assertThat(error.getMessage()).isEqualTo(message);
        List<Object> expected = new ArrayList<>();
        if (!described.isEmpty()) {
            expected.add(described);
        }
        if (how != ParsedCode.Malformed.CHECK_CHARACTER) {
            expected.add(EXAMPLE);
        }
        assertThat(error.getParameters()).containsExactlyElementsOf(expected);
    }

    @Test
    void digits_are_no_otp_if_codes_are_digits() {
        CodeAvailability digits = new CodeAvailability(false, true, null, new CodeFormat(Alphabet.DIGITS, 10));

        FormMessage error = CodeLoginError.of(
                        mistyped(ParsedCode.Malformed.LENGTH), CodeInputSummary.of("123456"), digits, NOW)
                .message();

        assertThat(error.getMessage()).isEqualTo("backupCodeErrorTooShort");
        assertThat(error.getParameters()).containsExactly("\u20666/10\u2069", "\u206612345\u201167890\u2069");
    }

    @Test
    void codes_of_several_forms_have_no_example() {
        CodeAvailability several = new CodeAvailability(true, true, null, null);

        assertThat(error(mistyped(ParsedCode.Malformed.LENGTH), several)
                        .message()
                        .getMessage())
                .isEqualTo("backupCodeErrorMistyped");
    }

    @ParameterizedTest
    @CsvSource({"ALREADY_USED", "REPLACED"})
    void users_without_a_code_that_works_read_that_instead_of_being_asked_for_another(Reason reason) {
        CodeLoginError error = error(refused(reason, false), NONE);

        assertThat(error.message().getMessage()).isEqualTo("backupCodeErrorNoneLeft");
        assertThat(error.needsHelp()).isTrue();
        assertThat(error.counted()).isTrue();
        assertThat(error.refused().reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @EnumSource
    void nor_are_they_shown_a_typing_mistake(ParsedCode.Malformed how) {
        CodeLoginError error = error(mistyped(how), NONE);

        assertThat(error.message().getMessage())
                .isEqualTo(how == ParsedCode.Malformed.EMPTY ? "backupCodeErrorEmpty" : "backupCodeErrorNoneLeft");
        assertThat(error.counted()).isFalse();
    }

    @Test
    void users_with_a_temporary_code_alone_read_of_that() {
        assertThat(error(refused(Reason.WRONG, false), TEMPORARY).message().getMessage())
                .isEqualTo("backupCodeErrorTemporaryWrong");
        assertThat(error(mistyped(ParsedCode.Malformed.EMPTY), TEMPORARY)
                        .message()
                        .getMessage())
                .isEqualTo("backupCodeErrorTemporaryEmpty");
    }

    @ParameterizedTest
    @CsvSource({
        "-5, Paused, 1",
        "0, Paused, 1",
        "1, Paused, 1",
        "60, Paused, 1",
        "61, Paused, 2",
        "841, Paused, 15",
        "5340, Paused, 89",
        "5341, PausedHours, 2",
        "7200, PausedHours, 2",
        "7201, PausedHours, 3",
        "86400, PausedHours, 24"
    })
    void the_time_of_a_pause_is_rounded_up(long seconds, String unit, String time) {
        Refused refused = new Refused(Reason.PAUSED, false, Consequence.NONE, NOW.plusSeconds(seconds), null);

        FormMessage message = error(refused, OWN).message();
        assertThat(message.getMessage()).isEqualTo("backupCodeError" + unit);
        assertThat(message.getParameters()).containsExactly(time);
    }

    @Test
    void it_prints_no_entered_text() {
        Refused refused = new Refused(Reason.MISTYPED, false, Consequence.NONE, null, ParsedCode.Malformed.SYMBOL);

        assertThat(refused.toString()).contains("MISTYPED", "SYMBOL");
    }

    private static CodeLoginError error(Refused refused, CodeAvailability codes) {
        return CodeLoginError.of(refused, CodeInputSummary.of("ABCDE"), codes, NOW);
    }

    private static Refused mistyped(ParsedCode.Malformed how) {
        return new Refused(Reason.MISTYPED, false, Consequence.NONE, null, how);
    }

    private static Refused refused(Reason reason, boolean temporary) {
        return new Refused(reason, temporary, Consequence.NONE, null, null);
    }
}
