package io.github.backupcodes.admin;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.github.backupcodes.policy.SmsCodePolicy;
import io.github.backupcodes.sms.number.PhoneNumber;
import io.github.backupcodes.sms.number.PhoneNumberResult;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.ErrorResponseException;

/**
 * Value object: to which number a test message is to be sent.
 *
 * @param to the number in the international format, with its plus sign
 */
@JsonIgnoreProperties(ignoreUnknown = false)
public record SmsTestRequest(@Nullable String to) {

    /**
     * The number, if users of the realm could set it up.
     *
     * @throws ErrorResponseException 400 if it is missing, is not valid or not allowed by the settings of the realm; the message has
     *     no digit of it
     */
    PhoneNumber requireNumber(SmsCodePolicy policy) {
        String number = to == null ? "" : to.strip();
        if (!number.startsWith("+")) {
            throw badRequest("to must be a number in the international format, with a plus sign and the calling code");
        }
        if (policy.countries().isEmpty()) {
            throw badRequest("No country is allowed. List the countries of your users in the setting countries");
        }
        String any = policy.countries().iterator().next();
        PhoneNumberResult result = policy.numberRules().parse(any, number);
        if (result instanceof PhoneNumberResult.Accepted accepted) {
            return accepted.number();
        }
        throw switch ((PhoneNumberResult.Refused) result) {
            case INVALID -> badRequest("to is not a valid phone number");
            case COUNTRY_NOT_ALLOWED -> badRequest("to is a number of a country that is not in the setting countries");
            case NOT_MOBILE ->
                badRequest("to is not a mobile number, or not known to be one: see the setting number-types");
        };
    }

    private static ErrorResponseException badRequest(String message) {
        return ErrorResponse.error(message, Response.Status.BAD_REQUEST);
    }

    /** Without the number. */
    @Override
    public String toString() {
        return "SmsTestRequest[]";
    }
}
