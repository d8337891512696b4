package io.github.backupcodes.admin;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.github.backupcodes.credential.TemporaryCode;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.ErrorResponseException;

/**
 * Value object: the request for a temporary code.
 *
 * @param lifespanSeconds how long the code is valid, 5 minutes to 7 days; null for an hour
 * @param reason          why the user needs it, for the admin event: one line of 1 to {@value #MAX_REASON_LENGTH}
 *     characters
 */
@JsonIgnoreProperties(ignoreUnknown = false)
public record TemporaryCodeRequest(
        @Nullable Long lifespanSeconds, @Nullable String reason) {

    private static final Duration MIN_LIFESPAN = Duration.ofMinutes(5);
    private static final Duration DEFAULT_LIFESPAN = Duration.ofHours(1);
    private static final int MAX_REASON_LENGTH = 255;

    /**
     * How long the code is valid.
     *
     * @throws ErrorResponseException 400 if it is out of range
     */
    Duration lifespan() {
        if (lifespanSeconds == null) {
            return DEFAULT_LIFESPAN;
        }
        if (lifespanSeconds < MIN_LIFESPAN.toSeconds() || lifespanSeconds > TemporaryCode.LONGEST_LIFE.toSeconds()) {
            throw badRequest("lifespanSeconds must be an integer from %d to %d"
                    .formatted(MIN_LIFESPAN.toSeconds(), TemporaryCode.LONGEST_LIFE.toSeconds()));
        }
        return Duration.ofSeconds(lifespanSeconds);
    }

    /**
     * The reason, which is required.
     *
     * @throws ErrorResponseException 400 if it is missing, too long or more than one line
     */
    String requireReason() {
        String text = reason == null ? "" : reason.strip();
        if (text.isEmpty() || text.length() > MAX_REASON_LENGTH || text.chars().anyMatch(Character::isISOControl)) {
            throw badRequest("reason must be one line of 1 to %d characters".formatted(MAX_REASON_LENGTH));
        }
        return text;
    }

    private static ErrorResponseException badRequest(String message) {
        return ErrorResponse.error(message, Response.Status.BAD_REQUEST);
    }
}
