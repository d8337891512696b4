package io.github.backupcodes.sms.sender;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.sms.gateway.GatewayField;
import io.github.backupcodes.support.FakeSmsGateway;
import io.github.backupcodes.support.FakeSmsGateway.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmsRetryTest {

    private static final SmsRetry RETRY = new SmsRetry(Duration.ofSeconds(8), Duration.ofMillis(50));

    @ParameterizedTest
    @CsvSource({
        "200,false,1",
        "400,false,1",
        "307,false,1",
        "429,false,2",
        "503,false,2",
        "500,false,1",
        "502,false,1",
        "200,true,1",
        "400,true,1",
        "429,true,2",
        "503,true,2",
        "500,true,2"
    })
    void a_second_try_is_made_only_if_nothing_was_sent_or_the_id_is_known(int status, boolean withId, int requests)
            throws IOException {
        try (FakeSmsGateway gateway = FakeSmsGateway.start();
                HttpSmsClient client = TestGateways.client(TestGateways.development(), TestGateways.NAMES)) {
            gateway.answer(Answer.of(status, ""));
            RETRY.send(
                    TestGateways.sender(
                            client,
                            TestGateways.gateway(
                                    gateway.url("/send"),
                                    withId ? Map.of(GatewayField.HEADERS, "Idempotency-Key: {id}") : Map.of())),
                    TestGateways.MESSAGE);
            assertThat(gateway.received()).hasSize(requests);
            if (withId) {
                assertThat(gateway.received())
                        .allSatisfy(request -> assertThat(request.headers()).containsEntry("Idempotency-Key", "id-1"));
            }
        }
    }

    private static SmsSender answering(boolean idempotent, Queue<SmsOutcome> outcomes) {
        return new SmsSender() {
            @Override
            public SmsOutcome send(SmsMessage message, Deadline deadline) {
                SmsOutcome outcome = outcomes.poll();
                if (outcome == null) {
                    throw new IllegalStateException("+4915112345678");
                }
                return outcome;
            }

            @Override
            public boolean isIdempotent() {
                return idempotent;
            }
        };
    }

    @Test
    void the_second_outcome_counts_but_a_doubt_remains() {
        SmsOutcome accepted = new SmsOutcome.Accepted("x");
        assertThat(RETRY.send(
                        answering(false, queue(new SmsOutcome.Unavailable(false), accepted)), TestGateways.MESSAGE))
                .isEqualTo(accepted);
        assertThat(RETRY.send(
                        answering(true, queue(new SmsOutcome.Unavailable(true), new SmsOutcome.Unavailable(false))),
                        TestGateways.MESSAGE))
                .isEqualTo(new SmsOutcome.Unavailable(true));
    }

    @Test
    void a_sender_that_throws_may_have_sent_and_is_not_tried_again() {
        assertThat(RETRY.send(answering(false, queue()), TestGateways.MESSAGE))
                .isEqualTo(new SmsOutcome.Unavailable(true));
    }

    @Test
    void without_time_there_is_no_second_try() {
        Queue<SmsOutcome> outcomes = queue(new SmsOutcome.Unavailable(false), new SmsOutcome.Accepted(null));
        new SmsRetry(Duration.ofMillis(500), Duration.ofMillis(50))
                .send(answering(false, outcomes), TestGateways.MESSAGE);
        assertThat(outcomes).hasSize(1);
    }

    private static Queue<SmsOutcome> queue(SmsOutcome... outcomes) {
        return new ArrayDeque<>(List.of(outcomes));
    }

    @Test
    void a_message_shows_neither_number_nor_text() {
        assertThat(TestGateways.MESSAGE.toString())
                .contains("id-1", "sign-in")
                .doesNotContain("4915")
                .doesNotContain("123456");
    }
}
