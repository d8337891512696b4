package io.github.backupcodes.support.realm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {

    private static final String RFC_KEY = "12345678901234567890";

    @ParameterizedTest
    @CsvSource({
        "59, 94287082",
        "1111111109, 07081804",
        "1111111111, 14050471",
        "1234567890, 89005924",
        "2000000000, 69279037",
        "20000000000, 65353130"
    })
    void agreesWithTheVectorsOfRfc6238(long seconds, String code) {
        assertThat(Totp.ofStored(RFC_KEY).code(seconds / Totp.PERIOD_SECONDS, 8))
                .isEqualTo(code);
    }

    @Test
    void shortensToSixDigits() {
        assertThat(Totp.ofStored(RFC_KEY).at(Instant.ofEpochSecond(1111111109))).isEqualTo("081804");
    }

    @Test
    void writesTheKeyInBase32() {
        assertThat(Totp.ofStored(RFC_KEY).base32()).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assertThat(Totp.ofStored("foob").base32()).isEqualTo("MZXW6YQ");
    }

    @Test
    void readsTheKeyInBase32AsPeopleTypeIt() {
        Instant moment = Instant.ofEpochSecond(59);
        assertThat(Totp.ofBase32("gezd gnbv gy3t qojq gezd gnbv gy3t qojq").at(moment))
                .isEqualTo(Totp.ofStored(RFC_KEY).at(moment));
    }

    @RepeatedTest(20)
    void aNewKeySurvivesBothForms() {
        Totp app = Totp.random();
        assertThat(Totp.ofBase32(app.base32()).stored()).isEqualTo(app.stored());
    }
}
