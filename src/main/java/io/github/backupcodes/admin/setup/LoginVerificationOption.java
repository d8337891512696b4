package io.github.backupcodes.admin.setup;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keycloak.services.ErrorResponse;

/** What the set-up of a realm does with the required action that turns on login verification. */
enum LoginVerificationOption {

    /** Leaves it unchanged. */
    OFF,

    /** Users can be asked to turn it on, and can do so themselves. */
    AVAILABLE,

    /** New users are asked at their first sign-in. */
    DEFAULT;

    /**
     * Parses an option.
     *
     * @param word the submitted value; null for the default
     * @throws WebApplicationException 400 if it has an unsupported value
     */
    static LoginVerificationOption of(@Nullable String word) {
        return word == null
                ? AVAILABLE
                : Arrays.stream(values())
                        .filter(option -> option.name().toLowerCase(Locale.ROOT).equals(word))
                        .findFirst()
                        .orElseThrow(() -> ErrorResponse.error(
                                "loginVerification must be off, available or default", Response.Status.BAD_REQUEST));
    }
}
