package io.github.backupcodes.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.MailServer;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The mail before the end of a set; the shared server looks for such sets every three seconds. */
class ExpiryReminderTaskIT {

    @Test
    void eachUserIsToldOnceAndTheCodesWorkOn() {
        String subject = Messages.of("backupCodesMailExpiringSubject");
        try (MailServer mails = MailServer.start();
                TestRealm realm =
                        TestRealm.builder().with("smtpServer", mails.smtp()).create()) {
            Instant end = Instant.now().plus(Duration.ofMinutes(5));
            TestCodeSet codes = madeLongAgo(end);
            TestUser user = realm.user("alice").otp().codes(codes).create();
            TestUser later = realm.user("bob")
                    .codes(madeLongAgo(Instant.now().plus(Duration.ofDays(15))))
                    .create();
            TestUser unreachable =
                    realm.user("carl").codes(codes).with("emailVerified", false).create();

            MailServer.Mail mail = mails.await(subject);
            assertThat(mail.to()).isEqualTo("alice@example.org");
            assertThat(mail.text()).doesNotContain("127.0.0.1").doesNotContain("action-token");
            JsonNode stored = user.admin().backupCodes();
            assertThat(Instant.parse(stored.path("remindedAt").asText())).isBetween(end.minusSeconds(300), end);

            LoginClient client = realm.signInWith(user, codes.code(0));
            client.assertSignedIn();
            assertThat(user.admin().backupCodes().path("remindedAt"))
                    .as("a used code does not make the server forget that the user was told")
                    .isEqualTo(stored.path("remindedAt"));

            // who can be reached by now is told at a later look, the others are not told again
            unreachable.admin().update(Map.of("emailVerified", true));
            mails.await(one -> one.to().equals("carl@example.org"), "mail to carl");
            assertThat(mails.mails().stream()
                            .filter(one -> one.subject().equals(subject))
                            .map(MailServer.Mail::to))
                    .containsExactlyInAnyOrder("alice@example.org", "carl@example.org");
            assertThat(later.admin().backupCodes().has("remindedAt")).isFalse();
            Awaitility.await().until(() -> mails.mails().size() == 3);
        }
    }

    private static TestCodeSet madeLongAgo(Instant end) {
        return TestCodeSet.of(10)
                .madeAt(Instant.now().minus(Duration.ofDays(365)))
                .expiringAt(end);
    }
}
