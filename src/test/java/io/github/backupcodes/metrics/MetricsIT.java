package io.github.backupcodes.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.emailcode.EmailCodeRealm;
import io.github.backupcodes.sms.SmsCodeRealm;
import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.Json;
import io.github.backupcodes.support.MailServer;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.SharedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The counters, at Keycloak's endpoint, and the dashboard that shows them. */
class MetricsIT {

    private static final Pattern METRIC = Pattern.compile("\\bbackup_codes_[a-z_]+");

    private final HttpClient http = LoginClient.connections();

    @Test
    void everythingIsCountedAndTheDashboardShowsNothingElse() throws Exception {
        try (MailServer mails = MailServer.start();
                TestRealm realm = TestRealm.builder()
                        .with("smtpServer", mails.smtp())
                        .policy("max-failures", "2")
                        .create()) {
            TestCodeSet codes = TestCodeSet.of(10);
            TestUser user =
                    realm.user("alice").otp().codes(codes).mustGenerateCodes().create();
            LoginClient client = realm.enterCode(user, codes.code(0));
            client.makeCodes();
            List<String> made = client.page().backupCodes();
            client.saveCodes();
            client.assertSignedIn();
            LoginClient guessing = realm.enterCode(user, codes.code(1));
            guessing.enterBackupCode(TestCodeSet.wrong());
            guessing.enterBackupCode(made.get(0));
            mails.await(mail -> mails.mails().size() == 4, "of the used code, the new ones, the old one and the pause");

            String label = "realm=\"" + realm.name() + "\"";
            assertThat(value("backup_codes_accepted_total", label)).isEqualTo(1);
            assertThat(value("backup_codes_sets_made_total", label)).isEqualTo(1);
            assertThat(value("backup_codes_refused_total", label, "reason=\"backup_code_of_replaced_set\""))
                    .isEqualTo(1);
            assertThat(value("backup_codes_refused_total", label, "reason=\"wrong_backup_code\""))
                    .isEqualTo(1);
            assertThat(value("backup_codes_refused_total", label, "reason=\"backup_codes_paused\""))
                    .isEqualTo(1);
            assertThat(value("backup_codes_pauses_total", label)).isEqualTo(1);
            assertThat(value("backup_codes_mails_total", label, "kind=\"code_used\"", "outcome=\"sent\""))
                    .isEqualTo(1);
            assertThat(value("backup_codes_hash_seconds_count", "work=\"attempt\""))
                    .isPositive();
            assertThat(value("backup_codes_hash_seconds_sum", "work=\"set\"")).isPositive();
            assertThat(lines(user.id())).as("of a user").isEmpty();
            assertThat(lines("alice")).as("of a user").isEmpty();
            codesByEmailAreCounted();
            textMessagesAreCounted();

            Set<String> shown = new TreeSet<>();
            JsonNode dashboard =
                    Json.read(Files.readString(BuildFiles.project().resolve("docs/grafana-dashboard.json")));
            for (JsonNode expression : dashboard.findValues("expr")) {
                Matcher metric = METRIC.matcher(expression.asText());
                while (metric.find()) {
                    shown.add(metric.group());
                }
            }
            assertThat(shown).hasSizeGreaterThan(6);
            assertThat(shown)
                    .allSatisfy(name -> assertThat(lines(name)).as(name).anyMatch(line -> line.startsWith(name + "{")));
        }
    }

    /** One is sent, tried and accepted; a limit prevents the next. */
    private void codesByEmailAreCounted() throws IOException, InterruptedException {
        try (EmailCodeRealm realm = EmailCodeRealm.create(Map.of("sign-in-hour", "1"))) {
            TestUser user = realm.user("mailbox").create();
            LoginClient client = realm.open(user);
            String code = realm.awaitCode(user, 1);
            EmailCodeRealm.enter(client, EmailCodeRealm.otherThan(code));
            EmailCodeRealm.enter(client, code).assertSignedIn();
            realm.realm().signIn(user).assertNotSignedIn();

            String label = "realm=\"" + realm.realm().name() + "\"";
            String channel = "channel=\"email\"";
            assertThat(value("backup_codes_messages_total", label, channel, "purpose=\"sign-in\"", "outcome=\"sent\""))
                    .isEqualTo(1);
            assertThat(value("backup_codes_challenges_total", label, channel, "outcome=\"wrong_code\""))
                    .isEqualTo(1);
            assertThat(value("backup_codes_challenges_total", label, channel, "outcome=\"accepted\""))
                    .isEqualTo(1);
            assertThat(value("backup_codes_messages_limited_total", label, channel, "kind=\"user\""))
                    .isEqualTo(1);
            assertThat(lines("backup_codes_messages_waiting{")).anyMatch(line -> line.contains("queue=\"email\""));
            assertThat(lines("backup_codes_message_seconds_count")).isNotEmpty();
            assertThat(lines("mailbox")).as("of a user").isEmpty();
        }
    }

    /** One is entered, and one is refused by the gateway; the next number of its country is one too many. */
    private void textMessagesAreCounted() throws IOException, InterruptedException {
        try (SmsCodeRealm realm = SmsCodeRealm.create(Map.of("per-calling-code-day", "1"))) {
            String number = SmsCodeRealm.number();
            TestUser user = realm.user("phone", number).create();
            LoginClient client = realm.open(user);
            SmsCodeRealm.enter(client, realm.awaitCode(number, 1)).assertSignedIn();
            realm.gateway().answer(400);
            realm.open(realm.user("other-phone", SmsCodeRealm.number()).create());
            long mark = realm.realm().server().log().mark();
            for (int each = 0; each < 2; each++) {
                TestUser newcomer = realm.realm().user("newcomer-" + each).create();
                SmsCodeRealm.send(realm.openSetup(newcomer), "DE", SmsCodeRealm.number());
            }
            assertThat(realm.realm().server().log().since(mark)).contains("(limit of the calling_code)");

            String label = "realm=\"" + realm.realm().name() + "\"";
            String germany = "calling_code=\"49\"";
            Awaitility.await("the refused messages").untilAsserted(() -> assertThat(
                            value("backup_codes_sms_total", label, germany, "outcome=\"refused\""))
                    .isEqualTo(2));
            assertThat(value("backup_codes_sms_total", label, germany, "outcome=\"sent\""))
                    .isEqualTo(1);
            assertThat(value("backup_codes_sms_total", label, germany, "outcome=\"accepted\""))
                    .isEqualTo(1);
            assertThat(value("backup_codes_messages_limited_total", label, "channel=\"sms\"", "kind=\"calling_code\""))
                    .isEqualTo(1);
            assertThat(lines(number.substring(3))).as("of a number").isEmpty();
        }
    }

    private double value(String name, String... labels) throws IOException, InterruptedException {
        return lines(name).stream()
                .filter(line -> line.startsWith(name + "{"))
                .filter(line -> List.of(labels).stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private List<String> lines(String containing) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(SharedServer.get().managementUrl() + "/metrics"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body()
                .lines()
                .filter(line -> !line.startsWith("#") && line.contains(containing))
                .toList();
    }
}
