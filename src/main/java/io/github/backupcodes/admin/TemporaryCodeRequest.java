package io.github.backupcodes.admin;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.github.backupcodes.credential.TemporaryCode;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.ErrorResponseException;

/**
 * What an administrator asks for.
 *
 * @param lifespanSeconds how long the code shall work, 5 minutes to 7 days; null for an hour
 * @param reason          why the user needs it, for the record: one line of 1 to {@value #LONGEST_REASON} characters
 */
@JsonIgnoreProperties(ignoreUnknown = false)
public record TemporaryCodeRequest(
        @Nullable Long lifespanSeconds, @Nullable String reason) {

    private static final Duration SHORTEST = Duration.ofMinutes(5);
    private static final Duration USUAL = Duration.ofHours(1);
    private static final int LONGEST_REASON = 255;

    /**
     * How long the code shall work.
     *
     * @throws ErrorResponseException 400 when it is out of range
     */
    Duration lifespan() {
        if (lifespanSeconds == null) {
            return USUAL;
        }
        if (lifespanSeconds < SHORTEST.toSeconds() || lifespanSeconds > TemporaryCode.LONGEST_LIFE.toSeconds()) {
            throw badRequest("lifespanSeconds must be an integer from %d to %d"
                    .formatted(SHORTEST.toSeconds(), TemporaryCode.LONGEST_LIFE.toSeconds()));
        }
        return Duration.ofSeconds(lifespanSeconds);
    }

    /**
     * Why.
     *
     * @throws ErrorResponseException 400 when it is missing, too long or not in one line
     */
    String requireReason() {
        String text = reason == null ? "" : reason.strip();
        if (text.isEmpty() || text.length() > LONGEST_REASON || text.chars().anyMatch(Character::isISOControl)) {
            throw badRequest("reason must be one line of 1 to %d characters".formatted(LONGEST_REASON));
        }
        return text;
    }

    private static ErrorResponseException badRequest(String message) {
        return ErrorResponse.error(message, Response.Status.BAD_REQUEST);
    }
}
