package io.github.backupcodes.sms.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayTest {

    /** Quotes, escapes, delimiters, what looks like a template, a line feed, an emoji, marks of direction. */
    private static final String EVIL = "\"\\&=+%<>'#@?/;${vault.sms-key}{to}{id}]]>\n\u202E\uD83D\uDE00 \u00E4 \u0416";

    private static final GatewayMessage MESSAGE = new GatewayMessage("id-1", "+4915112345678", EVIL, "");
    private static final Map<String, String> SECRETS = Map.of("sms-key", "s3\"c&r<e>t");

    private static GatewayDescription description(boolean fromRealm, String... texts) {
        Map<GatewayField, String> fields = new EnumMap<>(GatewayField.class);
        fields.put(GatewayField.URL, "https://gateway.example/send");
        fields.put(GatewayField.BODY, "{\"to\": \"{to}\", \"text\": \"{text}\"}");
        for (int i = 0; i < texts.length; i += 2) {
            fields.put(GatewayField.valueOf(texts[i]), texts[i + 1]);
        }
        return new GatewayDescription(fields, "true".equals(fields.get(GatewayField.ALLOW_GET)), fromRealm);
    }

    private static Gateway gateway(String... texts) throws InvalidGatewayException {
        return new Gateway(description(true, texts));
    }

    private static String body(Gateway gateway) {
        return new String(gateway.request(MESSAGE, SECRETS).body(), StandardCharsets.UTF_8);
    }

    @Test
    void json_is_parsed_to_the_exact_text_and_secret() throws Exception {
        var json = new ObjectMapper()
                .readTree(body(
                        gateway("BODY", "{\"text\": \"{text}\", \"to\": \"{to}\", \"key\": \"${vault.sms-key}\"}")));
        assertThat(json.get("text").asText()).isEqualTo(EVIL);
        assertThat(json.get("to").asText()).isEqualTo("+4915112345678");
        assertThat(json.get("key").asText()).isEqualTo("s3\"c&r<e>t");
        assertThat(json).hasSize(3);
    }

    @Test
    void a_form_is_parsed_to_the_exact_text() throws Exception {
        String[] fields = body(gateway(
                        "CONTENT_TYPE", "application/x-www-form-urlencoded; charset=UTF-8",
                        "BODY", "to={to-without-plus}&text={text}&key=${vault.sms-key}"))
                .split("&");
        assertThat(fields).hasSize(3);
        assertThat(fields[0]).isEqualTo("to=4915112345678");
        assertThat(URLDecoder.decode(fields[1], StandardCharsets.UTF_8)).isEqualTo("text=" + EVIL);
        assertThat(URLDecoder.decode(fields[2], StandardCharsets.UTF_8)).isEqualTo("key=s3\"c&r<e>t");
    }

    @Test
    void xml_is_parsed_to_the_exact_text() throws Exception {
        Gateway gateway = gateway(
                "CONTENT_TYPE", "application/xml", "BODY", "<sms to=\"{to}\" id='{id}'><text>{text}</text></sms>");
        DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
        parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        var sms = parsers.newDocumentBuilder()
                .parse(new ByteArrayInputStream(
                        gateway.request(MESSAGE, SECRETS).body()))
                .getDocumentElement();
        assertThat(sms.getTextContent()).isEqualTo(EVIL);
        assertThat(sms.getChildNodes().getLength()).isEqualTo(1);
        assertThat(sms.getAttribute("to")).isEqualTo("+4915112345678");
    }

    @Test
    void a_url_keeps_its_host_and_path_and_has_the_exact_text() throws Exception {
        Gateway gateway = gateway(
                "METHOD",
                "GET",
                "ALLOW_GET",
                "true",
                "BODY",
                "",
                "URL",
                "https://gateway.example/{to}/send?text={text}&x=1");
        var uri = gateway.request(MESSAGE, SECRETS).uri();
        assertThat(uri.getHost()).isEqualTo("gateway.example");
        assertThat(uri.getRawPath()).isEqualTo("/%2B4915112345678/send");
        assertThat(uri.getRawQuery()).endsWith("&x=1").doesNotContain("+");
        assertThat(uri.getQuery()).isEqualTo("text=" + EVIL + "&x=1");
        assertThat(gateway.request(MESSAGE, SECRETS).headers()).doesNotContainKey("Content-Type");
    }

    @Test
    void plain_text_is_the_exact_text() throws Exception {
        assertThat(body(gateway("CONTENT_TYPE", "text/plain", "BODY", "{text}", "HEADERS", "To: {to}")))
                .isEqualTo(EVIL);
    }

    @Test
    void control_characters_are_removed_and_letters_composed() {
        assertThat(new GatewayMessage("1", "+4915112345678", "a\u0000\u0007\r\nb\tc\u0085 e\u0301\uD83D", "").text())
                .isEqualTo("a\nbc \u00E9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "\u00E4", "a\u0000"})
    void a_secret_that_does_not_fit_into_a_header_is_refused(String secret) throws Exception {
        Gateway gateway = gateway("HEADERS", "X-Key: ${vault.sms-key}");
        assertThatThrownBy(() -> gateway.request(MESSAGE, Map.of("sms-key", secret)))
                .isInstanceOf(UnfitValueException.class)
                .hasMessageNotContaining(secret);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123456789ab", "Caf\u00E9", "a\nb", "+", "   ", "+1234567890123456", "De-mo"})
    void an_invalid_sender_is_refused(String from) {
        assertThat(GatewayMessage.isSender(from)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Demo", "My Shop 24", "12345", "+491511234567890"})
    void a_valid_sender_is_taken(String from) {
        assertThat(GatewayMessage.isSender(from)).isTrue();
    }

    /** The second test case of RFC 4231, 4.3. */
    @Test
    void the_signature_is_that_of_the_body() throws Exception {
        Gateway gateway = gateway(
                "CONTENT_TYPE", "text/plain",
                "BODY", "{text}",
                "HEADERS", "To: {to}\nX-Signature: sha256={signature}",
                "SIGNATURE_KEY", "${vault.sms-sign}");
        GatewayRequest request = gateway.request(
                new GatewayMessage("1", "+4915112345678", "what do ya want for nothing?", ""),
                Map.of("sms-sign", "Jefe"));
        assertThat(request.headers().get("X-Signature"))
                .isEqualTo("sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        assertThat(gateway.vaultEntries()).containsExactly("sms-sign");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "METHOD|DELETE|METHOD|METHOD",
                "METHOD|GET|BODY|GET_BODY",
                "URL|''|URL|URL_MISSING",
                "URL|gateway.example/send|URL|URL_SYNTAX",
                "URL|ftp://gateway.example/|URL|URL_SYNTAX",
                "URL|http://gateway.example/send|URL|URL_SCHEME",
                "URL|http://10.0.0.1/send|URL|URL_SCHEME",
                "URL|https://{from}.example/send|URL|URL_SYNTAX",
                "URL|https://gateway.example{id}|URL|URL_SYNTAX",
                "URL|https://gateway.example{from}.internal/send|URL|URL_SYNTAX",
                "URL|https://gateway.example:8{id}/|URL|URL_SYNTAX",
                "URL|https://user:s3cr3t@gateway.example/|URL|URL_SYNTAX",
                "URL|https://gateway.example/#x|URL|URL_SYNTAX",
                "URL|https://gateway.example\\@evil.example/|URL|URL_SYNTAX",
                "URL|https://\uFF11\uFF12\uFF17.0.0.1/|URL|URL_SYNTAX",
                "URL|https://gateway.example:0/|URL|URL_SYNTAX",
                "URL|https://gateway.example/?key=${vault.sms-key}|URL|URL_SECRET",
                "URL|https://${vault.sms-key}.example/|URL|URL_SECRET",
                "URL|https://gateway.example/?to={to}|URL|GET",
                "URL|https://gateway.example/?to={to-without-plus}|URL|GET",
                "URL|https://gateway.example/{text}|URL|GET",
                "URL|https://gateway.example/{nobody}|URL|PLACEHOLDER",
                "BODY|{\"text\": {text}, \"to\": \"{to}\"}|BODY|BODY_JSON",
                "BODY|{\"text\": \"{text}\", \"to\": {to}}|BODY|BODY_JSON",
                "BODY|{\"text\": \"{text}\", \"to\": \"{to}\"} {}|BODY|BODY_JSON",
                "BODY|{\"text\": \"{text}\", \"to\": \"{number}\"}|BODY|PLACEHOLDER",
                "BODY|{\"text\": \"{text}\", \"to\": \"{signature}\"}|BODY|PLACEHOLDER",
                "BODY|{\"text\": \"{text}\"}|BODY|TEXT_UNUSED",
                "BODY|{\"to\": \"{to}\"}|BODY|TEXT_UNUSED",
                "BODY|{\"text\": \"{text}\", \"to\": \"{to}\", \"from\": \"{from}\"}|FROM|FROM_MISSING",
                "BODY|{\"text\": \"{text}\", \"to\": \"{to}\", \"key\": \"${vault.smtp}\"}|BODY|SECRET_NAME",
                "BODY|{\"text\": \"{text}\", \"to\": \"{to}\", \"key\": \"${vault.sms-}\"}|BODY|SECRET_NAME",
                "BODY|{\"text\": \"{text}\", \"to\": \"{to}\", \"key\": \"${vault.sms-../../x}\"}|BODY|SECRET_NAME",
                "BODY|{\"text\": \"{text}\", \"to\": \"{to}\", \"key\": \"${env.PASSWORD}\"}|BODY|SECRET_NAME",
                "BODY|{\"text\": \"{text}\", \"to\": \"{to}\", \"key\": \"${vault.sms-key|BODY|SECRET_NAME",
                "CONTENT_TYPE|multipart/form-data|CONTENT_TYPE|CONTENT_TYPE",
                "CONTENT_TYPE|application/json; charset=iso-8859-1|CONTENT_TYPE|CONTENT_TYPE",
                "HEADERS|Authorization: Bearer s3cr3t|HEADERS|AUTHORIZATION",
                "HEADERS|authorization: Basic dTpw|HEADERS|AUTHORIZATION",
                "HEADERS|Authorization: Bearer s3cr3t ${vault.sms-key}|HEADERS|AUTHORIZATION",
                "HEADERS|Authorization: Bearer ${vault.smtp}|HEADERS|SECRET_NAME",
                "HEADERS|X-Key: ${vault.hash}|HEADERS|SECRET_NAME",
                "HEADERS|Host: evil.example|HEADERS|HEADER_NAME",
                "HEADERS|Content-Length: 3|HEADERS|HEADER_NAME",
                "HEADERS|content-type: text/html|HEADERS|HEADER_NAME",
                "HEADERS|Transfer-Encoding: chunked|HEADERS|HEADER_NAME",
                "HEADERS|No colon|HEADERS|HEADER_SYNTAX",
                "HEADERS|Bad name: x|HEADERS|HEADER_SYNTAX",
                "HEADERS|X: \u00E4|HEADERS|HEADER_SYNTAX",
                "HEADERS|X-Text: {text}|HEADERS|HEADER_TEXT",
                "HEADERS|X-Signature: {signature}|SIGNATURE_KEY|SIGNATURE_KEY_MISSING",
                "SIGNATURE_KEY|s3cr3t|SIGNATURE_KEY|SIGNATURE_KEY",
                "SIGNATURE_KEY|${vault.sms-a}x|SIGNATURE_KEY|SIGNATURE_KEY",
                "FROM|0123456789ab|FROM|FROM",
                "SUCCESS_STATUS|ok|SUCCESS_STATUS|SUCCESS_STATUS",
                "SUCCESS_STATUS|200-404|SUCCESS_STATUS|SUCCESS_STATUS",
                "SUCCESS_POINTER|/status|SUCCESS_POINTER|SUCCESS_PAIR",
                "SUCCESS_VALUE|0|SUCCESS_VALUE|SUCCESS_PAIR"
            })
    void an_invalid_description_is_refused(String field, String value, GatewayField where, GatewayFault fault) {
        assertThatThrownBy(() -> gateway(field, value)).isInstanceOfSatisfying(InvalidGatewayException.class, e -> {
            assertThat(e.field()).isEqualTo(where);
            assertThat(e.fault()).isEqualTo(fault);
            assertThat(e).hasMessageNotContaining("s3cr3t");
        });
    }

    @Test
    void get_and_xml_have_rules_of_their_own() {
        assertThatThrownBy(() -> gateway("METHOD", "GET", "BODY", "", "URL", "https://gateway.example/?{to}{text}"))
                .hasMessageContaining("method")
                .hasMessageContaining("allow-get");
        assertThatThrownBy(() -> gateway("CONTENT_TYPE", "text/xml", "BODY", "<a><![CDATA[{text}]]>{to}</a>"))
                .hasMessageContaining("CDATA");
        assertThatThrownBy(() -> gateway("HEADERS", "X: {to}\nx: {to}")).hasMessageContaining("each name once");
    }

    @Test
    void the_operator_may_write_a_secret_into_a_server_option() throws Exception {
        Gateway gateway = new Gateway(description(
                false, "HEADERS", "Authorization: Bearer secret\nX: {signature}", "SIGNATURE_KEY", "secret"));
        assertThat(gateway.request(MESSAGE, Map.of()).headers()).containsEntry("Authorization", "Bearer secret");
    }

    @ParameterizedTest
    @CsvSource({
        "200,'{\"a\":[{\"s\":\"0\"}]}',ACCEPTED",
        "200,'{\"a\":[{\"s\":0}]}',ACCEPTED",
        "202,'{\"a\":[{\"s\":\"7\"}]}',ACCEPTED",
        "200,'{\"a\":[{\"s\":\"1\"}]}',REFUSED",
        "200,'{\"a\":[]}',UNCLEAR",
        "200,'{\"a\":[{\"s\":{}}]}',UNCLEAR",
        "200,'<html>',UNCLEAR",
        "200,'',UNCLEAR",
        "204,'{\"a\":[{\"s\":\"0\"}]}',REFUSED",
        "307,'',REFUSED",
        "400,'',REFUSED",
        "404,'',REFUSED",
        "429,'',BUSY",
        "503,'',BUSY",
        "500,'',UNCLEAR",
        "502,'',UNCLEAR"
    })
    void an_answer_is_read(int status, String body, GatewayAnswer answer) throws Exception {
        Gateway gateway =
                gateway("SUCCESS_STATUS", "200, 202-203", "SUCCESS_POINTER", "/a/0/s", "SUCCESS_VALUE", "0, 7");
        assertThat(gateway.answer(status, body)).isEqualTo(answer);
        assertThat(gateway.needsBody(status)).isEqualTo(status == 200 || status == 202);
    }

    @Test
    void nothing_shows_number_text_or_secret() {
        assertThat(MESSAGE.toString()).doesNotContain("4915", "\uD83D");
        assertThat(description(false, "HEADERS", "X: secret").toString()).doesNotContain("secret");
        assertThatThrownBy(() -> new GatewayMessage("1", "0151", "x", "")).hasMessageNotContaining("0151");
    }
}
