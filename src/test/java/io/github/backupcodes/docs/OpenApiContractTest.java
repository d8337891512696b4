package io.github.backupcodes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.Json;
import org.junit.jupiter.api.Test;

/** That the comparison with the document can fail. */
class OpenApiContractTest {

    private static final String STATE =
            "{\"state\":\"good\",\"total\":1,\"remaining\":1,\"consecutiveFailures\":0,\"createdAt\":\"2026-11-22T12:00:00Z\",\"expiresAt\":null,\"lastUsedAt\":null,"
                    + "\"pausedUntil\":null,\"scheme\":\"argon2id\",\"hashKey\":null,\"temporaryCodeExpiresAt\":null,\"secondFactors\":[],\"emailCode\":null,\"smsCode\":null}";

    @Test
    void an_answer_as_promised_has_no_faults() {
        assertThat(OpenApiContract.faults("GET", "/users/{id}", 200, Json.read(STATE)))
                .isEmpty();
        assertThat(OpenApiContract.faults("DELETE", "/users/{id}", 204, null)).isEmpty();
    }

    @Test
    void every_departure_is_found() {
        assertThat(OpenApiContract.faults("GET", "/users/{id}", 200, Json.read(STATE.replace("\"total\":1,", ""))))
                .isNotEmpty();
        assertThat(OpenApiContract.faults("GET", "/users/{id}", 200, Json.read(STATE.replace("12:00:00Z", "12:00"))))
                .isNotEmpty();
        assertThat(OpenApiContract.faults("GET", "/users/{id}", 200, Json.read(STATE.replace("argon2id", "md5"))))
                .isNotEmpty();
        assertThat(OpenApiContract.faults("GET", "/users/{id}", 200, Json.read(STATE.replace("{", "{\"code\":\"x\","))))
                .isNotEmpty();
        assertThat(OpenApiContract.faults("GET", "/users/{id}", 418, Json.read(STATE)))
                .isNotEmpty();
        assertThat(OpenApiContract.faults("DELETE", "/users/{id}", 204, Json.read(STATE)))
                .isNotEmpty();
    }
}
