package io.github.backupcodes.admin;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.ErrorResponseException;

/**
 * Value object: which codes an administrator wants to revoke.
 *
 * @param since the beginning of the period, ISO 8601 in UTC
 * @param until its end; null for now
 * @param max   the maximum number of users, 1 to {@value #MAX_USERS}, which is also the default for null
 */
@JsonIgnoreProperties(ignoreUnknown = false)
public record ChangedCodesRequest(
        @Nullable String since,
        @Nullable String until,
        @Nullable Integer max) {

    /** Each user takes a transaction and a mail: as many as one request has time for. */
    private static final int MAX_USERS = 500;

    /**
     * The beginning of the period.
     *
     * @throws ErrorResponseException 400 if it is missing or invalid
     */
    Instant from() {
        return moment("since", since);
    }

    /**
     * The end of the period.
     *
     * @throws ErrorResponseException 400 if it is invalid
     */
    Instant to() {
        return until == null ? Instant.now() : moment("until", until);
    }

    /**
     * The maximum number of users.
     *
     * @throws ErrorResponseException 400 if it is out of range
     */
    int maxUsers() {
        if (max == null) {
            return MAX_USERS;
        }
        if (max < 1 || max > MAX_USERS) {
            throw badRequest("max must be an integer from 1 to %d".formatted(MAX_USERS));
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
