package io.github.backupcodes.policy;

import io.github.backupcodes.sms.gateway.Gateway;
import io.github.backupcodes.sms.gateway.GatewayDescription;
import io.github.backupcodes.sms.gateway.GatewayField;
import io.github.backupcodes.sms.gateway.InvalidGatewayException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.userprofile.ValidationException;
import org.keycloak.validate.ValidationError;

/** Defines the settings of the gateway to which the sender {@code http} gives text messages. They are those of codes by text message. */
public final class HttpSmsSettings {

    private static final String PREFIX = "http-";
    private static final int LINE = 1_000;
    private static final int TEXT = 10_000;

    private static final TextSetting METHOD = line(GatewayField.METHOD, "smsCodeSettingHttpMethod", "POST");
    private static final TextSetting URL = line(GatewayField.URL, "smsCodeSettingHttpUrl", "");
    private static final TextSetting HEADERS = text(GatewayField.HEADERS, "smsCodeSettingHttpHeaders");
    private static final TextSetting CONTENT_TYPE =
            line(GatewayField.CONTENT_TYPE, "smsCodeSettingHttpContentType", "application/json");
    private static final TextSetting BODY = text(GatewayField.BODY, "smsCodeSettingHttpBody");
    private static final TextSetting SUCCESS_STATUS =
            line(GatewayField.SUCCESS_STATUS, "smsCodeSettingHttpSuccessStatus", "200-299");
    private static final TextSetting SUCCESS_POINTER =
            line(GatewayField.SUCCESS_POINTER, "smsCodeSettingHttpSuccessPointer", "");
    private static final TextSetting SUCCESS_VALUE =
            line(GatewayField.SUCCESS_VALUE, "smsCodeSettingHttpSuccessValue", "");
    private static final TextSetting FROM = line(GatewayField.FROM, "smsCodeSettingHttpFrom", "");
    private static final TextSetting SIGNATURE_KEY =
            line(GatewayField.SIGNATURE_KEY, "smsCodeSettingHttpSignatureKey", "");
    private static final BooleanSetting ALLOW_GET = new BooleanSetting(
            SmsCodePolicy.REQUIRED_ACTION, key(GatewayField.ALLOW_GET), "smsCodeSettingHttpAllowGet", false);

    private static final Map<GatewayField, TextSetting> TEXTS = new EnumMap<>(Map.of(
            GatewayField.METHOD, METHOD,
            GatewayField.URL, URL,
            GatewayField.HEADERS, HEADERS,
            GatewayField.CONTENT_TYPE, CONTENT_TYPE,
            GatewayField.BODY, BODY,
            GatewayField.SUCCESS_STATUS, SUCCESS_STATUS,
            GatewayField.SUCCESS_POINTER, SUCCESS_POINTER,
            GatewayField.SUCCESS_VALUE, SUCCESS_VALUE,
            GatewayField.FROM, FROM,
            GatewayField.SIGNATURE_KEY, SIGNATURE_KEY));

    private static final List<Setting<?>> ALL = List.of(
            METHOD,
            URL,
            HEADERS,
            CONTENT_TYPE,
            BODY,
            SUCCESS_STATUS,
            SUCCESS_POINTER,
            SUCCESS_VALUE,
            FROM,
            SIGNATURE_KEY,
            ALLOW_GET);

    private HttpSmsSettings() {}

    private static String key(GatewayField field) {
        return PREFIX + field.option();
    }

    private static TextSetting line(GatewayField field, String label, String defaultValue) {
        return new TextSetting(SmsCodePolicy.REQUIRED_ACTION, key(field), label, defaultValue, false, LINE);
    }

    private static TextSetting text(GatewayField field, String label) {
        return new TextSetting(SmsCodePolicy.REQUIRED_ACTION, key(field), label, "", true, TEXT);
    }

    /** All of them, in the order of the admin console. */
    public static List<Setting<?>> all() {
        return ALL;
    }

    /** The gateway that a configuration describes; invalid or missing texts have their defaults. */
    public static GatewayDescription description(Map<String, String> config) {
        Map<GatewayField, String> texts = new EnumMap<>(GatewayField.class);
        TEXTS.forEach((field, setting) -> texts.put(field, setting.read(config)));
        return new GatewayDescription(texts, ALLOW_GET.read(config), true);
    }

    /**
     * Rejects a gateway that cannot work, or is unsafe, before it is saved. Without any of its texts there is no gateway.
     *
     * @throws ValidationException that names the setting and what is wrong with it
     */
    public static void validate(RequiredActionConfigModel config) {
        ALL.forEach(setting -> setting.validate(config));
        if (TEXTS.values().stream().noneMatch(setting -> isChanged(setting, config.getConfig()))) {
            return;
        }
        try {
            new Gateway(description(config.getConfig()));
        } catch (InvalidGatewayException e) {
            String name = ALL.stream()
                    .filter(setting -> setting.key().equals(key(e.field())))
                    .map(Setting::name)
                    .findFirst()
                    .orElseThrow();
            throw new ValidationException(new ValidationError(
                    SmsCodePolicy.REQUIRED_ACTION,
                    key(e.field()),
                    "smsCodeSettingHttpInvalid",
                    name,
                    e.fault().description()));
        }
    }

    private static boolean isChanged(TextSetting setting, Map<String, String> config) {
        return !setting.read(config).equals(setting.defaultValue());
    }
}
