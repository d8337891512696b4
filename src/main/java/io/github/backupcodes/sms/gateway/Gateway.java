package io.github.backupcodes.sms.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A gateway whose description is valid: makes the request for a message, and reads the answer. */
public final class Gateway {

    private static final Set<String> METHODS = Set.of("POST", "PUT", "GET");
    private static final Pattern HEADER = Pattern.compile("([A-Za-z0-9!#$%&'*+.^_`|~-]+):[ \\t]*([ -~]*?)[ \\t]*");

    /** Scheme and authority, which no placeholder may change. */
    private static final Pattern ORIGIN = Pattern.compile("https?://[^/?#{}\\s]+(?=[/?#]|$)", Pattern.CASE_INSENSITIVE);

    /** Headers that the client sets, that change how a message is framed or routed, or that have a setting of their own. */
    private static final Set<String> FOREIGN_HEADERS = Set.of(
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "cookie",
            "expect",
            "host",
            "keep-alive",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final Pattern VAULT_AUTHORIZATION =
            Pattern.compile("(?:[A-Za-z0-9-]+ +)?(?:\\$\\{vault\\.[^}]*}|\\{signature})");

    private static final String HMAC = "HmacSHA256";

    /** Sample values: only the digits of a number are JSON without quotes. */
    private static final Map<Placeholder, String> SAMPLE = Map.of(
            Placeholder.TO, "+4915112345678",
            Placeholder.TO_WITHOUT_PLUS, "4915112345678",
            Placeholder.TEXT, "x",
            Placeholder.FROM, "x",
            Placeholder.ID, "x",
            Placeholder.SIGNATURE, "x");

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String method;
    private final TemplateText url;
    private final URI origin;
    private final Map<String, TemplateText> headers;
    private final String contentType;
    private final TemplateText body;
    private final ValuePlace bodyPlace;
    private final String from;
    private final TemplateText signatureKey;
    private final SuccessRule success;

    /**
     * Reads a description.
     *
     * @throws InvalidGatewayException that names the first text that is invalid
     */
    public Gateway(GatewayDescription description) throws InvalidGatewayException {
        String givenMethod = description.text(GatewayField.METHOD);
        method = givenMethod.isEmpty() ? "POST" : givenMethod;
        check(METHODS.contains(method), GatewayField.METHOD, GatewayFault.METHOD);

        String urlText = description.text(GatewayField.URL);
        check(!urlText.isEmpty(), GatewayField.URL, GatewayFault.URL_MISSING);
        url = TemplateText.parse(GatewayField.URL, urlText);
        check(url.entries().isEmpty(), GatewayField.URL, GatewayFault.URL_SECRET);
        origin = origin(urlText);

        headers = headers(description);

        String givenType = description.text(GatewayField.CONTENT_TYPE);
        contentType = givenType.isEmpty() ? "application/json" : givenType;
        bodyPlace = ValuePlace.ofBody(contentType)
                .orElseThrow(() -> new InvalidGatewayException(GatewayField.CONTENT_TYPE, GatewayFault.CONTENT_TYPE));
        body = TemplateText.parse(GatewayField.BODY, description.text(GatewayField.BODY));
        checkBody(description.text(GatewayField.BODY));
        checkGet(description.isAllowGet());

        from = description.text(GatewayField.FROM);
        check(from.isEmpty() || GatewayMessage.isSender(from), GatewayField.FROM, GatewayFault.FROM);
        check(!from.isEmpty() || !uses(Placeholder.FROM), GatewayField.FROM, GatewayFault.FROM_MISSING);
        check(
                uses(Placeholder.TEXT) && (uses(Placeholder.TO) || uses(Placeholder.TO_WITHOUT_PLUS)),
                GatewayField.BODY,
                GatewayFault.TEXT_UNUSED);

        signatureKey = signatureKey(description);
        success = SuccessRule.of(description);
    }

    private static void check(boolean valid, GatewayField field, GatewayFault fault) throws InvalidGatewayException {
        if (!valid) {
            throw new InvalidGatewayException(field, fault);
        }
    }

    private URI origin(String urlText) throws InvalidGatewayException {
        check(ORIGIN.matcher(urlText).lookingAt(), GatewayField.URL, GatewayFault.URL_SYNTAX);
        URI sample = uri(SAMPLE::get);
        check(
                sample.getHost() != null
                        && sample.getRawUserInfo() == null
                        && sample.getRawFragment() == null
                        && sample.getPort() != 0,
                GatewayField.URL,
                GatewayFault.URL_SYNTAX);
        check(
                "https".equalsIgnoreCase(sample.getScheme()) || GatewayHosts.isLoopback(sample.getHost()),
                GatewayField.URL,
                GatewayFault.URL_SCHEME);
        return sample;
    }

    private URI uri(Function<Placeholder, String> values) throws InvalidGatewayException {
        try {
            return new URI(url.render(values, UnaryOperator.identity(), ValuePlace.URL::escape));
        } catch (URISyntaxException e) {
            throw new InvalidGatewayException(GatewayField.URL, GatewayFault.URL_SYNTAX);
        }
    }

    private static Map<String, TemplateText> headers(GatewayDescription description) throws InvalidGatewayException {
        Map<String, TemplateText> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : description.text(GatewayField.HEADERS).lines().toList()) {
            if (line.isBlank()) {
                continue;
            }
            var header = HEADER.matcher(line.strip());
            check(header.matches(), GatewayField.HEADERS, GatewayFault.HEADER_SYNTAX);
            String name = header.group(1);
            String value = header.group(2);
            check(
                    !FOREIGN_HEADERS.contains(name.toLowerCase(Locale.ROOT)),
                    GatewayField.HEADERS,
                    GatewayFault.HEADER_NAME);
            check(
                    !description.isFromRealm()
                            || !"authorization".equalsIgnoreCase(name)
                            || VAULT_AUTHORIZATION.matcher(value).matches(),
                    GatewayField.HEADERS,
                    GatewayFault.AUTHORIZATION);
            TemplateText template = TemplateText.parse(GatewayField.HEADERS, value);
            check(!template.has(Placeholder.TEXT), GatewayField.HEADERS, GatewayFault.HEADER_TEXT);
            check(headers.put(name, template) == null, GatewayField.HEADERS, GatewayFault.HEADER_SYNTAX);
        }
        return headers;
    }

    private void checkBody(String text) throws InvalidGatewayException {
        if (bodyPlace == ValuePlace.JSON && !text.isEmpty()) {
            try {
                JSON.readTree(body.render(SAMPLE::get, entry -> "x", bodyPlace::escape));
            } catch (JsonProcessingException e) {
                throw new InvalidGatewayException(GatewayField.BODY, GatewayFault.BODY_JSON);
            }
        }
        // in these places escapes are not read
        check(bodyPlace != ValuePlace.XML || !text.contains("<!"), GatewayField.BODY, GatewayFault.BODY_XML);
    }

    private void checkGet(boolean allowed) throws InvalidGatewayException {
        boolean get = "GET".equals(method);
        check(!get || body.parts().isEmpty(), GatewayField.BODY, GatewayFault.GET_BODY);
        boolean inUrl = Stream.of(Placeholder.TO, Placeholder.TO_WITHOUT_PLUS, Placeholder.TEXT)
                .anyMatch(url::has);
        check(allowed || !get, GatewayField.METHOD, GatewayFault.GET);
        check(allowed || !inUrl, GatewayField.URL, GatewayFault.GET);
    }

    private TemplateText signatureKey(GatewayDescription description) throws InvalidGatewayException {
        String text = description.text(GatewayField.SIGNATURE_KEY);
        check(
                !text.isEmpty() || !uses(Placeholder.SIGNATURE),
                GatewayField.SIGNATURE_KEY,
                GatewayFault.SIGNATURE_KEY_MISSING);
        TemplateText key = TemplateText.parse(GatewayField.SIGNATURE_KEY, text);
        check(
                text.isEmpty()
                        || !description.isFromRealm()
                        || (key.parts().size() == 1 && key.entries().size() == 1),
                GatewayField.SIGNATURE_KEY,
                GatewayFault.SIGNATURE_KEY);
        return key;
    }

    private Stream<TemplateText> templates() {
        return Stream.concat(Stream.of(url, body), headers.values().stream());
    }

    private boolean uses(Placeholder placeholder) {
        return templates().anyMatch(template -> template.has(placeholder));
    }

    /** Scheme, host and port of the URL; path and query are samples. */
    public URI origin() {
        return origin;
    }

    /** Whether the gateway is told the id of the message, by which it can recognize a second try. */
    public boolean isIdempotent() {
        return uses(Placeholder.ID);
    }

    /** The names of the vault entries that a request needs. */
    public Set<String> vaultEntries() {
        Set<String> entries = new TreeSet<>();
        Stream.concat(templates(), Stream.of(signatureKey))
                .map(TemplateText::entries)
                .forEach(entries::addAll);
        return entries;
    }

    /**
     * Makes the request for a message.
     *
     * @param message the message
     * @param secrets the secret in each of the {@link #vaultEntries}
     * @throws UnfitValueException if a secret cannot stand in a header
     */
    public GatewayRequest request(GatewayMessage message, Map<String, String> secrets) {
        UnaryOperator<String> vault = entry -> {
            String secret = secrets.get(entry);
            if (secret == null) {
                throw new IllegalStateException("no secret for the vault entry " + entry);
            }
            return secret;
        };
        Function<Placeholder, String> values = placeholder -> value(message, placeholder);
        byte[] content = body.render(values, vault, bodyPlace::escape).getBytes(StandardCharsets.UTF_8);
        Map<String, String> rendered = new LinkedHashMap<>();
        headers.forEach((name, template) -> rendered.put(
                name,
                template.render(
                        placeholder -> placeholder == Placeholder.SIGNATURE
                                ? signature(content, vault)
                                : values.apply(placeholder),
                        vault,
                        ValuePlace.HEADER::escape)));
        if (!"GET".equals(method)) {
            rendered.put("Content-Type", contentType);
        }
        try {
            return new GatewayRequest(method, uri(values), rendered, content);
        } catch (InvalidGatewayException e) {
            // the sample was valid, and escaped values have no special characters
            throw new IllegalStateException("the URL is invalid with the values of the message");
        }
    }

    private String value(GatewayMessage message, Placeholder placeholder) {
        return switch (placeholder) {
            case TO -> message.to();
            case TO_WITHOUT_PLUS -> message.to().substring(1);
            case TEXT -> message.text();
            case FROM -> message.from().isEmpty() ? from : message.from();
            case ID -> message.id();
            case SIGNATURE -> throw new IllegalStateException("a signature stands only in a header");
        };
    }

    private String signature(byte[] content, UnaryOperator<String> vault) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            String key = signatureKey.render(SAMPLE::get, vault, ValuePlace.PLAIN::escape);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), HMAC));
            return HexFormat.of().formatHex(mac.doFinal(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }

    /** Whether the body of an answer with this status is needed to read the answer. */
    public boolean needsBody(int status) {
        return success.hasStatus(status) && success.pointer() != null;
    }

    /**
     * Reads an answer.
     *
     * @param status the HTTP status
     * @param body   the body if it {@link #needsBody}, otherwise any text
     */
    public GatewayAnswer answer(int status, String body) {
        if (success.hasStatus(status)) {
            return success.read(body);
        }
        if (status == 429 || status == 503) {
            return GatewayAnswer.BUSY;
        }
        return status >= 500 ? GatewayAnswer.UNCLEAR : GatewayAnswer.REFUSED;
    }
}
