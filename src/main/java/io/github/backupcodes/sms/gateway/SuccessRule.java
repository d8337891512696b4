package io.github.backupcodes.sms.gateway;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Value object: which answers of a gateway mean that it has accepted a message.
 *
 * @param statuses ranges of statuses
 * @param pointer  where the answer says it in JSON; null if the status says enough
 * @param values   the values there that mean success
 */
record SuccessRule(List<StatusRange> statuses, @Nullable JsonPointer pointer, Set<String> values) {

    private static final Pattern RANGE = Pattern.compile("(2\\d\\d)(?:-(2\\d\\d))?");
    private static final ObjectMapper JSON = new ObjectMapper();

    record StatusRange(int first, int last) {}

    static SuccessRule of(GatewayDescription gateway) throws InvalidGatewayException {
        String pointer = gateway.text(GatewayField.SUCCESS_POINTER);
        String value = gateway.text(GatewayField.SUCCESS_VALUE);
        if (pointer.isEmpty() != value.isEmpty()) {
            throw new InvalidGatewayException(
                    pointer.isEmpty() ? GatewayField.SUCCESS_VALUE : GatewayField.SUCCESS_POINTER,
                    GatewayFault.SUCCESS_PAIR);
        }
        return new SuccessRule(
                statuses(gateway.text(GatewayField.SUCCESS_STATUS)),
                pointer.isEmpty() ? null : pointer(pointer),
                Stream.of(value.split(",", -1)).map(String::strip).collect(Collectors.toUnmodifiableSet()));
    }

    private static List<StatusRange> statuses(String text) throws InvalidGatewayException {
        List<StatusRange> ranges = new ArrayList<>();
        for (String part : (text.isEmpty() ? "200-299" : text).split(",", -1)) {
            Matcher range = RANGE.matcher(part.strip());
            if (!range.matches()) {
                throw new InvalidGatewayException(GatewayField.SUCCESS_STATUS, GatewayFault.SUCCESS_STATUS);
            }
            int first = Integer.parseInt(range.group(1));
            ranges.add(new StatusRange(first, range.group(2) == null ? first : Integer.parseInt(range.group(2))));
        }
        return List.copyOf(ranges);
    }

    private static JsonPointer pointer(String text) throws InvalidGatewayException {
        try {
            return JsonPointer.compile(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidGatewayException(GatewayField.SUCCESS_POINTER, GatewayFault.SUCCESS_POINTER);
        }
    }

    boolean hasStatus(int status) {
        return statuses.stream().anyMatch(range -> range.first() <= status && status <= range.last());
    }

    /** What the body of an answer with the right status says. An unreadable one says nothing, so the message may have been sent. */
    GatewayAnswer read(String body) {
        if (pointer == null) {
            return GatewayAnswer.ACCEPTED;
        }
        try {
            JsonNode value = JSON.readTree(body).at(pointer);
            if (!value.isValueNode()) {
                return GatewayAnswer.UNCLEAR;
            }
            return values.contains(value.asText()) ? GatewayAnswer.ACCEPTED : GatewayAnswer.REFUSED;
        } catch (JsonProcessingException e) {
            return GatewayAnswer.UNCLEAR;
        }
    }
}
