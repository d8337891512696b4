package io.github.backupcodes.admin;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.ErrorResponseException;

/**
 * Which codes an administrator wants revoked.
 *
 * @param since the first moment of a change, ISO 8601 in UTC
 * @param until the last one; null for now
 * @param max   from how many users at most, 1 to {@value #MOST}; null for so many
 */
@JsonIgnoreProperties(ignoreUnknown = false)
public record ChangedCodesRequest(
        @Nullable String since,
        @Nullable String until,
        @Nullable Integer max) {

    /** Each takes a transaction, and a mail: what a request has time for. */
    private static final int MOST = 500;

    /**
     * The first moment.
     *
     * @throws ErrorResponseException 400 when it is missing or none
     */
    Instant from() {
        return moment("since", since);
    }

    /**
     * The last moment.
     *
     * @throws ErrorResponseException 400 when it is none
     */
    Instant to() {
        return until == null ? Instant.now() : moment("until", until);
    }

    /**
     * How many users.
     *
     * @throws ErrorResponseException 400 when it is out of range
     */
    int most() {
        if (max == null) {
            return MOST;
        }
        if (max < 1 || max > MOST) {
            throw badRequest("max must be an integer from 1 to %d".formatted(MOST));
        }
        return max;
    }

    private static Instant moment(String name, @Nullable String text) {
        try {
            return Instant.parse(text == null ? "" : text);
        } catch (DateTimeParseException e) {
            throw badRequest(name + " must be a time such as 2026-01-31T12:00:00Z");
        }
    }

    private static ErrorResponseException badRequest(String message) {
        return ErrorResponse.error(message, Response.Status.BAD_REQUEST);
    }
}
