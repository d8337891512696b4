package io.github.backupcodes.sms.sender;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.policy.HttpSmsSettings;
import io.github.backupcodes.sms.gateway.Gateway;
import io.github.backupcodes.sms.gateway.GatewayHosts;
import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.FakeSmsGateway;
import io.github.backupcodes.support.FakeSmsGateway.Answer;
import io.github.backupcodes.support.FakeSmsGateway.Received;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.RequiredActionConfigModel;

/** Each block of {@code docs/sms-gateways.md} is valid, and understands the answers that the vendor documents. */
class SmsGatewaysDocTest {

    private static final Pattern BLOCK =
            Pattern.compile("<!-- ([a-z]+) -->\\n```properties\\n(.*?)\\n```", Pattern.DOTALL);

    private static final SmsMessage MESSAGE = new SmsMessage(
            "id-1",
            "+4915112345678",
            "123456 \u201Cist\u201D dein Code & mehr.\n\n@login.example.org #123456",
            "",
            "de",
            SmsPurpose.SIGN_IN);

    private static final SmsOutcome ACCEPTED = new SmsOutcome.Accepted(null);
    private static final SmsOutcome REFUSED = new SmsOutcome.Refused(SmsOutcome.Reason.NOT_ALLOWED);
    private static final SmsOutcome NOT_SENT = new SmsOutcome.Unavailable(false);

    private final FakeSmsGateway gateway = FakeSmsGateway.start();
    private final HttpSmsClient client =
            TestGateways.client(new GatewayHosts("localhost", Set.of(), () -> false), TestGateways.NAMES);

    @AfterEach
    void close() throws IOException {
        client.close();
        gateway.close();
    }

    private static Map<String, Map<String, String>> blocks() throws IOException {
        Map<String, Map<String, String>> blocks = new LinkedHashMap<>();
        Matcher block = BLOCK.matcher(Files.readString(BuildFiles.project().resolve("docs/sms-gateways.md")));
        while (block.find()) {
            Map<String, String> settings = new LinkedHashMap<>();
            block.group(2)
                    .lines()
                    .map(line -> line.split(" = ", 2))
                    .forEach(line -> settings.merge(line[0], line[1], (first, next) -> first + '\n' + next));
            blocks.put(block.group(1), settings);
        }
        return blocks;
    }

    @Test
    void every_block_can_be_saved_and_has_known_settings_only() throws IOException {
        assertThat(blocks().keySet())
                .containsExactly("twilio", "vonage", "infobip", "bird", "seven", "kannel", "jasmin", "webhook");
        List<String> keys =
                HttpSmsSettings.all().stream().map(setting -> setting.key()).toList();
        blocks().values().forEach(settings -> {
            assertThat(keys).containsAll(settings.keySet());
            RequiredActionConfigModel config = new RequiredActionConfigModel();
            config.setConfig(settings);
            HttpSmsSettings.validate(config);
        });
    }

    /** Sends with the block of a vendor, whose host alone is replaced. */
    private Received send(String vendor, int status, String answer, SmsOutcome expected) throws Exception {
        Map<String, String> settings = new LinkedHashMap<>(blocks().get(vendor));
        settings.compute("http-url", (key, url) -> url.replaceFirst("https://[^/]+", gateway.url("")));
        gateway.answer(Answer.of(status, answer));
        int before = gateway.received().size();
        SmsOutcome outcome = TestGateways.sender(
                        client,
                        new Gateway(HttpSmsSettings.description(settings)),
                        entry -> Optional.of("secret-of-" + entry))
                .send(MESSAGE, Deadline.after(Duration.ofSeconds(8)));
        assertThat(outcome).as("%s %d %s", vendor, status, answer).isEqualTo(expected);
        assertThat(gateway.received()).hasSize(before + 1);
        return gateway.received().get(before);
    }

    @Test
    void twilio() throws Exception {
        Received request = send("twilio", 201, """
                {"sid": "SM304417148af644198a0efaceebc965a5", "to": "+4915112345678", "status": "queued", "num_segments": "1",
                 "error_code": null, "error_message": null}""", ACCEPTED);
        assertThat(request.target()).isEqualTo("/2010-04-01/Accounts/ACCOUNT_SID/Messages.json");
        assertThat(request.headers()).containsEntry("Authorization", "Basic secret-of-sms-twilio");
        assertThat(request.form()).isEqualTo(Map.of("To", "+4915112345678", "From", "Demo", "Body", MESSAGE.text()));
        send("twilio", 400, """
                {"code": 21211, "message": "Invalid 'To' Phone Number", "status": 400}""", REFUSED);
        send("twilio", 401, """
                {"code": 20003, "message": "Authenticate", "status": 401}""", REFUSED);
        send("twilio", 429, """
                {"code": 20429, "message": "Too Many Requests", "status": 429}""", NOT_SENT);
    }

    @Test
    void vonage() throws Exception {
        Received request = send("vonage", 200, """
                {"message-count": "1", "messages": [{"to": "4915112345678", "message-id": "0C000000217B7F02", "status": "0",
                 "remaining-balance": "15.53590000", "message-price": "0.03330000", "network": "23410"}]}""", ACCEPTED);
        assertThat(request.headers()).containsEntry("Authorization", "Basic secret-of-sms-vonage");
        assertThat(request.form())
                .isEqualTo(Map.of("to", "4915112345678", "from", "Demo", "text", MESSAGE.text(), "type", "unicode"));
        send("vonage", 200, """
                {"message-count": "1", "messages": [{"status": "4", "error-text": "Invalid Credentials"}]}""", REFUSED);
    }

    @Test
    void infobip() throws Exception {
        Received request = send("infobip", 200, """
                {"bulkId": "2034072219640523072", "messages": [{"destination": "4915112345678", "status": {"groupId": 1,
                 "groupName": "PENDING", "id": 26, "name": "PENDING_ACCEPTED", "description": "Message sent to next instance"},
                 "messageId": "2250be2d4219-3af1-78856-aabe-1362af1edfd2"}]}""", ACCEPTED);
        assertThat(request.headers()).containsEntry("Authorization", "App secret-of-sms-infobip");
        JsonNode message = request.json().at("/messages/0");
        assertThat(message.at("/sender").asText()).isEqualTo("Demo");
        assertThat(message.at("/destinations/0/to").asText()).isEqualTo("4915112345678");
        assertThat(message.at("/content/text").asText()).isEqualTo(MESSAGE.text());
        send("infobip", 200, """
                {"messages": [{"status": {"groupId": 5, "groupName": "REJECTED", "id": 12, "name": "REJECTED_NOT_ENOUGH_CREDITS"}}]}""", REFUSED);
        send("infobip", 400, """
                {"errorCode": "E400", "description": "Request cannot be processed.", "violations": []}""", REFUSED);
    }

    @Test
    void bird() throws Exception {
        Received request = send("bird", 202, """
                {"id": "sms_4kT01Lq2m", "status": "accepted", "from": "Demo", "to": "+4915112345678"}""", ACCEPTED);
        assertThat(request.headers())
                .containsEntry("Authorization", "Bearer secret-of-sms-bird")
                .containsEntry("Idempotency-Key", "id-1");
        assertThat(request.json().at("/to").asText()).isEqualTo("+4915112345678");
        assertThat(request.json().at("/text").asText()).isEqualTo(MESSAGE.text());
        send("bird", 422, """
                {"error": {"type": "validation_error", "code": "E12001", "name": "invalid_recipient", "param": "to"}}""", REFUSED);
        send("bird", 429, """
                {"error": {"type": "rate_limit_error"}}""", NOT_SENT);
    }

    @Test
    void seven() throws Exception {
        Received request = send("seven", 200, """
                {"success": "100", "total_price": 0.075, "balance": 593.994, "debug": "false", "sms_type": "direct", "messages":
                 [{"id": "77229318510", "recipient": "4915112345678", "parts": 1, "success": true, "error": null}]}""", ACCEPTED);
        assertThat(request.headers()).containsEntry("X-Api-Key", "secret-of-sms-seven");
        assertThat(request.form())
                .isEqualTo(Map.of("to", "+4915112345678", "from", "Demo", "text", MESSAGE.text(), "json", "1"));
        send("seven", 200, """
                {"success": "202", "messages": []}""", REFUSED);
        send("seven", 200, "900", new SmsOutcome.Unavailable(true));
    }

    @Test
    void kannel() throws Exception {
        Received request = send("kannel", 202, "0: Accepted for delivery", ACCEPTED);
        assertThat(request.target()).isEqualTo("/cgi-bin/sendsms");
        assertThat(request.headers())
                .containsEntry("X-Kannel-Username", "secret-of-sms-kannel-user")
                .containsEntry("X-Kannel-Password", "secret-of-sms-kannel-password")
                .containsEntry("X-Kannel-To", "+4915112345678")
                .containsEntry("Content-Type", "text/plain; charset=utf-8");
        assertThat(request.text()).isEqualTo(MESSAGE.text());
        send("kannel", 202, "3: Queued for later delivery", ACCEPTED);
        send("kannel", 403, "Authorization failed for sendsms", REFUSED);
        send("kannel", 503, "Temporal failure, try again later.", NOT_SENT);
    }

    @Test
    void jasmin() throws Exception {
        Received request = send("jasmin", 200, """
                {"data": "Success \\"c723d42a-c3ee-452c-940b-3d8e8b944868"}""", ACCEPTED);
        assertThat(request.headers()).containsEntry("Authorization", "Basic secret-of-sms-jasmin");
        assertThat(request.json().at("/to").asText()).isEqualTo("4915112345678");
        assertThat(request.json().at("/content").asText()).isEqualTo(MESSAGE.text());
        send("jasmin", 412, """
                {"message": "Error \\"No route found\\""}""", REFUSED);
        send("jasmin", 403, """
                {"message": "Error \\"Authentication failure for username:foo\\""}""", REFUSED);
    }

    @Test
    void webhook() throws Exception {
        Received request = send("webhook", 204, "", ACCEPTED);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("secret-of-sms-webhook".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(request.headers())
                .containsEntry(
                        "X-Signature",
                        "sha256="
                                + HexFormat.of()
                                        .formatHex(mac.doFinal(request.text().getBytes(StandardCharsets.UTF_8))))
                .containsEntry("X-Message-Id", "id-1");
        assertThat(request.json().at("/text").asText()).isEqualTo(MESSAGE.text());
        send("webhook", 500, "", new SmsOutcome.Unavailable(true));
    }
}
