package io.github.backupcodes.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.backupcodes.sms.gateway.GatewayFault;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.userprofile.ValidationException;

class HttpSmsSettingsTest {

    private static final Map<String, String> VALID = Map.of(
            "http-url", "https://gateway.example/send",
            "http-headers", "Authorization: Bearer ${vault.sms-key}\nX-Other: 1",
            "http-body", "{\"to\": \"{to}\",\n\"text\": \"{text}\"}");

    private static Map<String, String> with(String key, String value) {
        Map<String, String> config = new HashMap<>(VALID);
        config.put(key, value);
        return config;
    }

    @Test
    void no_gateway_and_a_valid_one_are_taken() {
        assertThatCode(() -> HttpSmsSettings.validate(SettingTest.config(Map.of())))
                .doesNotThrowAnyException();
        assertThatCode(() -> HttpSmsSettings.validate(SettingTest.config(VALID)))
                .doesNotThrowAnyException();
    }

    @Test
    void an_invalid_one_is_refused_with_its_setting_and_reason_and_without_its_value() {
        assertRefused(
                "http-headers",
                "Authorization: Bearer s3cr3t",
                "smsCodeSettingHttpInvalid",
                GatewayFault.AUTHORIZATION.description());
        assertRefused(
                "http-headers",
                "X: ${vault.smtp}",
                "smsCodeSettingHttpInvalid",
                GatewayFault.SECRET_NAME.description());
        assertRefused(
                "http-url",
                "https://gateway.example/?k=${vault.sms-key}",
                "smsCodeSettingHttpInvalid",
                GatewayFault.URL_SECRET.description());
        assertRefused("http-url", "https://a.example/\nhttps://b.example/", "smsCodeSettingNoLine");
        assertRefused("http-body", "x".repeat(10_001), "smsCodeSettingTextTooLong");
        assertRefused("http-allow-get", "maybe", "backupCodesSettingNoChoice");
    }

    private static void assertRefused(String key, String value, String message, String... reason) {
        assertThatThrownBy(() -> HttpSmsSettings.validate(SettingTest.config(with(key, value))))
                .isInstanceOfSatisfying(
                        ValidationException.class,
                        e -> assertThat(e.getErrors()).singleElement().satisfies(error -> {
                            assertThat(error.getMessage()).isEqualTo(message);
                            assertThat(error.getAttribute()).isEqualTo(key);
                            assertThat(Arrays.asList(error.getMessageParameters()))
                                    .containsAll(List.of(reason));
                            assertThat(Arrays.toString(error.getMessageParameters()))
                                    .doesNotContain("s3cr3t");
                        }));
    }

    @Test
    void long_texts_have_a_field_of_several_lines() {
        Map<String, String> types = HttpSmsSettings.all().stream()
                .map(Setting::property)
                .collect(Collectors.toMap(ProviderConfigProperty::getName, ProviderConfigProperty::getType));
        assertThat(types)
                .hasSize(11)
                .containsEntry("http-headers", ProviderConfigProperty.TEXT_TYPE)
                .containsEntry("http-body", ProviderConfigProperty.TEXT_TYPE)
                .containsEntry("http-url", ProviderConfigProperty.STRING_TYPE);
    }

    @Test
    void every_fault_has_a_description_of_its_own() {
        assertThat(Stream.of(GatewayFault.values()).map(GatewayFault::description))
                .doesNotHaveDuplicates();
    }
}
