package io.github.backupcodes.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.emailcode.EmailCodeRealm;
import io.github.backupcodes.sms.SmsCodeRealm;
import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.realm.IssuedCodes;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.KeycloakServer;
import io.github.backupcodes.support.server.SharedServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The last test of all: no code that any test has seen or made is in the log of any server, not even with the traces of
 * this extension, the events, and the URLs of the access log of the server that most tests share. One that was
 * planted is found.
 */
@Isolated
@Order(Integer.MAX_VALUE)
class NoCodeLeftIT {

    private static final String PLANTED = "P1ANT-ATEND-XXXX4";

    /** Ten symbols, of which one is a letter: digits alone may be in a log by chance. */
    private static final Pattern TELLING = Pattern.compile("(?=.*[A-Z])[0-9A-Z]{10,}");

    private static final Pattern LOG_LINE = Pattern.compile("^\\d{4}-\\d\\d-\\d\\d .*?\\[([\\w.]+)\\]");

    @Test
    void noCodeIsInTheLogOfAnyServer() throws IOException {
        List<String> own;
        try (TestRealm realm = TestRealm.create()) {
            TestUser user = realm.user("alice").otp().create();
            own = realm.generateCodes(user);
            realm.signInWith(user, own.get(0));
            realm.newBrowser().get(URI.create(realm.url() + "/account/?planted=" + PLANTED));
        }
        Set<String> issued = new HashSet<>(IssuedCodes.all());
        assertThat(issued).containsAll(own);
        issued.removeIf(code -> !TELLING.matcher(code.replace("-", "")).matches());
        assertThat(issued).containsAll(own);
        issued.add(PLANTED);

        List<Path> logs = logs();
        IssuedCodes.Search search = IssuedCodes.lookFor(issued);
        for (Path log : logs) {
            search.in(Files.newInputStream(log));
        }

        System.out.printf(
                Locale.ROOT,
                "%d of %d issued codes looked for in %d logs, %d kB%n",
                issued.size() - 1,
                IssuedCodes.all().size(),
                logs.size(),
                search.size() >> 10);
        assertThat(logs).contains(SharedServer.get().log().file());
        assertThat(search.found()).containsExactly(PLANTED);
    }

    /**
     * Codes by e-mail are digits, of which some are in a log by chance: those of one run are looked for. The only line with a whole
     * address is Keycloak's own, of the mail server's answer.
     */
    @Test
    void noCodeByEmailAndNoAddressIsInWhatTheServerTells() throws Exception {
        KeycloakServer server = SharedServer.get();
        long mark = server.log().mark();
        try (EmailCodeRealm realm = EmailCodeRealm.create(EmailCodeLife.SETTINGS)) {
            EmailCodeLife life = EmailCodeLife.in(realm);
            assertThat(life.codes()).hasSizeGreaterThanOrEqualTo(10);
            assertThat(life.codesIn("emailCode=" + life.codes().get(0))).hasSize(1);

            String log = server.log().since(mark);
            assertThat(log).contains(life.user().id()).doesNotContain(EmailCodeLife.TEXT);
            assertThat(life.codesIn(log)).isEmpty();
            assertThat(loggersOf(life.address(), log)).containsOnly("org.keycloak.services");

            List<JsonNode> events = realm.realm().admin().events();
            assertThat(events)
                    .extracting(event -> event.path("type").asText())
                    .contains("LOGIN", "LOGIN_ERROR", "UPDATE_CREDENTIAL", "CUSTOM_REQUIRED_ACTION")
                    .contains("UPDATE_CREDENTIAL_ERROR", "CUSTOM_REQUIRED_ACTION_ERROR");
            assertThat(events.toString()).doesNotContain(life.address(), EmailCodeLife.TEXT);
            assertThat(life.codesIn(events.toString())).isEmpty();
            // Keycloak keeps the representation of the user that was created and changed
            List<JsonNode> adminEvents = realm.realm().admin().adminEvents();
            assertThat(life.codesIn(adminEvents.toString())).isEmpty();
            assertThat(adminEvents)
                    .filteredOn(event -> !event.path("representation").asText().contains("\"emailVerified\""))
                    .isNotEmpty()
                    .noneMatch(event -> event.toString().contains(life.address()));

            String metrics = metrics(server);
            assertThat(metrics)
                    .contains("realm=\"" + realm.realm().name() + "\"")
                    .doesNotContain(
                            life.address(), life.user().username(), life.user().id());
            assertThat(life.codesIn(metrics)).isEmpty();
        }
    }

    /** Nor any number or text of a message, the answers of REST included. */
    @Test
    void noCodeByTextMessageAndNoNumberIsInWhatTheServerTells() throws Exception {
        KeycloakServer server = SharedServer.get();
        long mark = server.log().mark();
        try (SmsCodeRealm realm = SmsCodeRealm.create(SmsCodeLife.SETTINGS)) {
            SmsCodeLife life = SmsCodeLife.in(realm);
            assertThat(life.codes()).hasSizeGreaterThanOrEqualTo(10);
            assertThat(life.numbers()).hasSize(3);
            String planted = "smsCode=" + life.codes().get(0) + "&number="
                    + life.numbers().get(0);
            assertThat(life.codesIn(planted)).hasSize(1);
            assertThat(life.numbersIn(planted)).hasSize(1);

            String last = life.numbers().get(1);
            JsonNode answer = realm.realm()
                    .admin()
                    .get("/backup-codes/users/" + life.user().id());
            assertThat(answer.toString()).contains("•••• " + last.substring(last.length() - 2));
            int before = realm.messages(last).size();
            LoginClient owner = realm.open(life.user());
            String code = realm.awaitCode(last, before + 1);
            life.codes().add(code);
            SmsCodeRealm.enter(owner, code);
            List<String> answers = List.of(
                    answer.toString(),
                    life.user().admin().credentials().toString(),
                    life.user().admin().representation().toString(),
                    realm.realm().admin().get("/backup-codes/coverage").toString(),
                    account(realm, owner));
            assertThat(answers.get(4)).contains(SmsCodeRealm.TYPE);
            realm.realm().admin().delete("/backup-codes/users/" + life.user().id() + "/sms-code");

            List<JsonNode> events = realm.realm().admin().events();
            assertThat(events)
                    .extracting(event -> event.path("type").asText())
                    .contains("LOGIN", "LOGIN_ERROR", "UPDATE_CREDENTIAL", "CUSTOM_REQUIRED_ACTION")
                    .contains("CUSTOM_REQUIRED_ACTION_ERROR");
            String log = server.log().since(mark);
            assertThat(log).contains(life.user().id());
            List<String> told = new ArrayList<>(answers);
            told.add(log);
            told.add(events.toString());
            told.add(realm.realm().admin().adminEvents().toString());
            told.add(metrics(server));
            told.add(realm.mails().mails().toString());
            assertThat(told).allSatisfy(text -> {
                assertThat(life.codesIn(text)).isEmpty();
                assertThat(life.numbersIn(text)).isEmpty();
                assertThat(text).doesNotContain(life.texts());
            });
            assertThat(metrics(server)).contains("backup_codes_sms_total{calling_code=\"49\"");
        }
    }

    private static String account(SmsCodeRealm realm, LoginClient client) throws IOException, InterruptedException {
        return LoginClient.connections()
                .send(
                        HttpRequest.newBuilder(URI.create(realm.realm().url() + "/account/credentials"))
                                .header(
                                        "Authorization",
                                        "Bearer "
                                                + client.tokens()
                                                        .path("access_token")
                                                        .asText())
                                .header("Accept", "application/json")
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Who has logged a text, also in a stack trace. */
    private static Set<String> loggersOf(String text, String log) {
        Set<String> loggers = new HashSet<>();
        String logger = "";
        for (String line : log.split("\n", -1)) {
            Matcher start = LOG_LINE.matcher(line);
            if (start.find()) {
                logger = start.group(1);
            }
            if (line.contains(text)) {
                loggers.add(logger);
            }
        }
        return loggers;
    }

    private static String metrics(KeycloakServer server) throws IOException, InterruptedException {
        return LoginClient.connections()
                .send(
                        HttpRequest.newBuilder(URI.create(server.managementUrl() + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Of all servers that ran since this JVM was started, those that were stopped as well. */
    private static List<Path> logs() throws IOException {
        long start = ManagementFactory.getRuntimeMXBean().getStartTime();
        List<Path> logs = new ArrayList<>();
        Collection<Path> places = List.of(
                BuildFiles.directory().resolve("keycloak"),
                BuildFiles.directory().resolve("keycloak-logs"));
        for (Path place : places) {
            if (Files.exists(place)) {
                try (Stream<Path> files = Files.find(
                        place,
                        2,
                        (file, attributes) -> file.toString().endsWith(".log")
                                && attributes.lastModifiedTime().toMillis() >= start)) {
                    files.forEach(logs::add);
                }
            }
        }
        return logs;
    }
}
