package io.github.backupcodes.credential.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.backupcodes.code.FailedAttempts;
import io.github.backupcodes.credential.model.UnreadableCodeSetException;
import io.github.backupcodes.credential.verify.RecoveryCodeUsage.Open;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.credential.CredentialModel;

/** What an import may bring of Keycloak's recovery codes, and of the attempts at them. */
class RecoveryCodeUsageTest {

    private static final String HASH = "A".repeat(88);
    private static final String NONE_USED = "{\"used\":[]}";

    @Test
    void what_is_written_is_read() {
        assertThat(RecoveryCodeUsage.of(new Open("id", 100, null, "2126-01-01T00:00:00Z", null), used(HASH, 12))
                        .used())
                .hasSize(12);
        assertThat(RecoveryCodeUsage.of(new Open("id", 3, null, null, null), NONE_USED)
                        .failedAttempts())
                .isEqualTo(new FailedAttempts(3, 0, null));
        // as of a credential that came without its secrets
        assertThat(RecoveryCodeUsage.of(new Open("id", 3, null, null, null), null)
                        .used())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 101, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void a_count_is_from_0_to_100(int count) {
        assertRefused(new Open("id", count, null, null, null), NONE_USED, "credentialData.inARow");
    }

    @Test
    void replays_are_read_and_never_negative() {
        assertThat(RecoveryCodeUsage.of(new Open("id", 3, 2, null, null), NONE_USED)
                        .failedAttempts())
                .isEqualTo(new FailedAttempts(3, 2, null));
        assertRefused(new Open("id", 3, -1, null, null), NONE_USED, "credentialData.replays");
    }

    @ParameterizedTest
    @CsvSource({"-999999999-01-01T00:00:00Z", "+999999999-01-01T00:00:00Z", "1999-12-31T23:59:59Z", "soon"})
    void a_pause_ends_at_a_moment_of_these_times(String end) {
        assertRefused(new Open("id", 1, null, end, null), NONE_USED, "credentialData.pausedUntil");
    }

    @Test
    void texts_and_lists_have_an_end() {
        assertRefused(new Open("i".repeat(37), 1, null, null, null), NONE_USED, "credentialData.recoveryCodes");
        assertRefused(new Open("id", 1, null, null, null), used(HASH, 101), "secretData.used");
        assertRefused(new Open("id", 1, null, null, null), used(HASH + "A".repeat(13), 1), "secretData.used");
        assertRefused(new Open("id", 1, null, null, null), "{\"used\":[null]}", "secretData.used");
        assertRefused(new Open("id", 1, null, null, null), "{}", "secretData.used");
        assertRefused(new Open("id", 1, null, null, null), "[]", "secretData");
    }

    /** Each is hashed in every attempt. */
    @Test
    void more_recovery_codes_than_Keycloak_makes_are_not_tried() {
        assertThat(RecoveryCodesCredential.of(recoveryCodes(100))).isPresent();
        assertThat(RecoveryCodesCredential.of(recoveryCodes(101))).isEmpty();
    }

    private static CredentialModel recoveryCodes(int count) {
        CredentialModel credential = new CredentialModel();
        credential.setId("id");
        credential.setCredentialData(
                "{\"algorithm\":\"SHA-512\",\"totalCodes\":%d,\"remainingCodes\":%d}".formatted(count, count));
        List<String> codes = Collections.nCopies(count, "{\"number\":1,\"encodedHashedValue\":\"" + HASH + "\"}");
        credential.setSecretData("{\"codes\":" + codes + "}");
        return credential;
    }

    private static String used(String hash, int count) {
        return "{\"used\":" + Collections.nCopies(count, '"' + hash + '"') + "}";
    }

    private static void assertRefused(Open open, @Nullable String secret, String field) {
        assertThatThrownBy(() -> RecoveryCodeUsage.of(open, secret))
                .isInstanceOf(UnreadableCodeSetException.class)
                .hasMessageContaining("(" + field + " is");
    }
}
