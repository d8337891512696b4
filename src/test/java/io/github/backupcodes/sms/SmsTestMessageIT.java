package io.github.backupcodes.sms;

import static io.github.backupcodes.sms.SmsCodeRealm.number;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.docs.OpenApiContract;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.Unchecked;
import io.github.backupcodes.support.realm.Messages;
import java.net.http.HttpResponse;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code POST sms/test}: an administrator tests the gateway. */
class SmsTestMessageIT {

    private static SmsCodeRealm realm;

    @BeforeAll
    static void start() {
        realm = SmsCodeRealm.create(Map.of());
    }

    @AfterAll
    static void stop() {
        realm.close();
    }

    /** One test for all, because a realm has five an hour. */
    @Test
    void theOutcomeAloneIsAnsweredAndFiveAnHourAreSent() {
        assertThat(refusal(null)).contains("international format");
        assertThat(refusal("0151 12345678")).contains("international format");
        assertThat(refusal("+49 12")).contains("not a valid phone number");
        assertThat(refusal("+49 30 123456")).contains("not a mobile number");
        assertThat(refusal("+33 6 12 34 56 78")).contains("setting countries");
        realm.configure(Map.of("sender", "none-of-this-name"));
        assertThat(refusal(number())).contains("`sender`");
        realm.configure(Map.of());
        assertThat(realm.gateway().messages()).isEmpty();

        String number = number();
        long mark = realm.realm().server().log().mark();
        assertThat(outcome(number)).isEqualTo("accepted");
        assertThat(realm.messages(number)).singleElement().satisfies(message -> assertThat(message.text())
                .isEqualTo(MessageFormat.format(
                        Messages.in("en", "smsCodeTextTest"), realm.realm().name())));
        realm.gateway().answer(400);
        assertThat(outcome(number)).isEqualTo("refused");
        assertThat(realm.messages(number)).hasSize(2);
        realm.gateway().answer(503);
        assertThat(outcome(number)).isEqualTo("unavailable");
        assertThat(realm.messages(number))
                .as("a second try after 503, with the same id")
                .hasSize(4);
        assertThat(realm.messages(number).stream().map(message -> message.id()).collect(Collectors.toSet()))
                .hasSize(3);
        realm.gateway().answer(200);

        // two are left, whichever requests get them
        Map<Integer, Long> answers = atOnce(8, () -> send(number)).stream()
                .collect(Collectors.groupingBy(HttpResponse::statusCode, Collectors.counting()));
        assertThat(answers).isEqualTo(Map.of(200, 2L, 429, 6L));
        assertThat(realm.messages(number)).hasSize(6);

        String log = realm.realm().server().log().since(mark);
        assertThat(log).contains("did not accept a text message").doesNotContain(number.substring(3));
        List<JsonNode> events = realm.realm().admin().adminEvents().stream()
                .filter(event -> event.path("resourcePath").asText().endsWith("sms/test"))
                .toList();
        assertThat(events).hasSize(5).noneMatch(event -> event.toString().contains(number.substring(3)));
        assertThat(events)
                .allMatch(event -> event.path("operationType").asText().equals("ACTION"));
    }

    private static List<HttpResponse<String>> atOnce(int count, Callable<HttpResponse<String>> call) {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            return Unchecked.await(IntStream.range(0, count)
                    .mapToObj(index -> threads.submit(call))
                    .toList());
        } finally {
            threads.shutdownNow();
        }
    }

    private static String outcome(String to) {
        HttpResponse<String> answer = send(to);
        assertThat(answer.statusCode()).isEqualTo(200);
        return Json.read(answer.body()).path("outcome").asText();
    }

    private static String refusal(@Nullable String to) {
        HttpResponse<String> answer = send(to);
        assertThat(answer.statusCode()).isEqualTo(400);
        return Json.read(answer.body()).path("errorMessage").asText();
    }

    private static HttpResponse<String> send(@Nullable String to) {
        Map<String, String> body = new HashMap<>();
        Stream.ofNullable(to).forEach(number -> body.put("to", number));
        HttpResponse<String> answer = realm.realm().admin().send("POST", "/backup-codes/sms/test", body);
        assertThat(OpenApiContract.faults(
                        "POST", "/sms/test", answer.statusCode(), OpenApiContract.body(answer.body())))
                .isEmpty();
        return answer;
    }
}
