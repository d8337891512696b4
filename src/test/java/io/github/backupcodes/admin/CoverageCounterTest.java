package io.github.backupcodes.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.CodeSetState;
import io.github.backupcodes.credential.model.CodeSetJson;
import io.github.backupcodes.credential.model.CodeSetSummary;
import io.github.backupcodes.support.realm.TestCodeSet;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The report counts a set by the state that its user is shown. */
class CoverageCounterTest {

    private static final int LOW = 3;

    private final Instant past = Instant.now().minusSeconds(60);
    private final CoverageCounter counter = new CoverageCounter(LOW, 0, 10);

    @Test
    void a_set_that_is_used_up_and_expired_counts_as_expired() {
        assertThat(counted(TestCodeSet.of(1).used(0).expiringAt(past))).isEqualTo("expired");
    }

    @Test
    void a_set_that_is_disabled_and_expired_counts_as_expired() {
        assertThat(counted(TestCodeSet.of(2).guessed(100, null).expiringAt(past)))
                .isEqualTo("expired");
    }

    @Test
    void a_set_that_does_not_work_for_another_reason_counts_as_none() {
        assertThat(counted(TestCodeSet.of(1).used(0))).isEqualTo("none");
        assertThat(counted(TestCodeSet.of(2).guessed(100, null))).isEqualTo("none");
    }

    @Test
    void an_unreadable_set_counts_as_none() {
        for (String data : new String[] {null, "", "{", "{}", "{\"total\":10,\"uses\":[]}"}) {
            counter.user("id" + data, "name", true, null, data);
        }

        assertThat(counter.result().none()).isEqualTo(5);
    }

    @Test
    void sets_that_work_are_not_listed() {
        user("good", TestCodeSet.of(10));
        user("low", TestCodeSet.of(4).used(0));
        user("soon", TestCodeSet.of(10).expiringAt(Instant.now().plusSeconds(60)));

        CoverageReport report = counter.result();
        assertThat(report.usable()).isEqualTo(2);
        assertThat(report.low()).isEqualTo(1);
        assertThat(report.users()).isEmpty();
    }

    @Test
    void a_summary_has_the_state_of_the_set() {
        Instant now = Instant.now();
        for (TestCodeSet set : new TestCodeSet[] {
            TestCodeSet.of(10),
            TestCodeSet.of(4).used(0),
            TestCodeSet.of(1).used(0),
            TestCodeSet.of(10).expiringAt(now),
            TestCodeSet.of(10).expiringAt(now.plusSeconds(60)),
            TestCodeSet.of(10).madeAt(now.minusSeconds(90)).expiringAt(now.plusSeconds(20)),
            TestCodeSet.of(10).guessed(99, null),
            TestCodeSet.of(10).guessed(100, null),
        }) {
            String data = data(set);
            CodeSet whole =
                    new CodeSetJson(data, String.valueOf(set.credential().get("secretData"))).read();
            assertThat(CodeSetState.of(CodeSetSummary.of(data), LOW, now))
                    .as(data)
                    .isEqualTo(CodeSetState.of(whole, LOW, now));
        }
    }

    private String counted(TestCodeSet set) {
        CoverageCounter single = new CoverageCounter(LOW, 0, 10);
        single.user("id", "name", true, null, data(set));
        return single.result().users().get(0).state();
    }

    private void user(String id, TestCodeSet set) {
        counter.user(id, id, true, null, data(set));
    }

    private static String data(TestCodeSet set) {
        return String.valueOf(set.credential().get("credentialData"));
    }
}
