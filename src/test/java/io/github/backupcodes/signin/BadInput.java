package io.github.backupcodes.signin;

import io.github.backupcodes.support.realm.LoginClient;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Something that no browser would send, or no person would type, to a form.
 *
 * @param text what must not come back in the page; empty where there is nothing to look for
 * @param malformed whether it breaks the rules of HTTP itself, so that the server refuses it before any page sees it
 */
record BadInput(String name, String text, @Nullable String contentType, String octets, boolean malformed) {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int MEGABYTE = 1 << 20;

    /** Shorter text may stand on the page by chance. */
    private static final int TELLING = 6;

    @Override
    public String toString() {
        return name;
    }

    /** The request that sends it. */
    HttpRequest to(URI action, LoginClient client) {
        HttpRequest.Builder request = client.request(action);
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        return request.POST(HttpRequest.BodyPublishers.ofString(octets, StandardCharsets.ISO_8859_1))
                .build();
    }

    /** Whether a page has what came in as it came in. */
    boolean isEchoedBy(String page) {
        return text.length() >= TELLING && page.contains(text);
    }

    /** The table. */
    static List<BadInput> table(String field, String good) {
        List<BadInput> table = new ArrayList<>();
        nothing(field, table);
        nearlyGood(field, good, table);
        otherScripts(field, good, table);
        controls(field, good, table);
        code(field, table);
        sizes(field, good, table);
        parameters(field, good, table);
        encodings(field, good, table);
        contentTypes(field, good, table);
        return table;
    }

    private static void nothing(String field, List<BadInput> table) {
        table.add(typed(field, "empty", ""));
        table.add(typed(field, "a space", " "));
        table.add(typed(field, "a tab", "\t"));
        table.add(typed(field, "line ends", "\r\n\r\n"));
        table.add(typed(field, "no-break spaces", "\u00a0\u00a0"));
        table.add(typed(field, "ideographic spaces", "\u3000\u3000"));
        table.add(typed(field, "dashes", "-----"));
        table.add(typed(field, "dashes of print", "\u2014\u2013\u2212"));
        table.add(typed(field, "zero-width characters", "\u200b\u200c\u200d\u2060\ufeff"));
        table.add(typed(field, "marks of direction", "\u200e\u200f\u202e\u2066\u2069"));
    }

    private static void nearlyGood(String field, String good, List<BadInput> table) {
        table.add(typed(field, "one symbol", "0"));
        table.add(typed(field, "one symbol less", good.substring(1)));
        table.add(typed(field, "one symbol more", good + "0"));
        table.add(typed(field, "backwards", new StringBuilder(good).reverse() + "0"));
        table.add(typed(field, "twice", good + " " + good));
        table.add(typed(field, "with a comma", good + "," + good));
        table.add(typed(field, "with dots", "." + good));
        table.add(typed(field, "with underscores", "_" + good));
        table.add(typed(field, "a symbol that there is not", "UUUUU-UUUUU-UUUUU"));
        table.add(typed(field, "a wrong check character", "00000-00000-00001"));
        table.add(typed(field, "encoded twice", URLEncoder.encode("<" + good + ">", StandardCharsets.UTF_8)));
        table.add(typed(field, "a number", "123456"));
        table.add(typed(field, "a negative number", "-1234567890"));
        table.add(typed(field, "an exponent", "1e308"));
        table.add(typed(field, "hexadecimal", "0xDEADBEEF"));
        table.add(typed(field, "not a number", "NaN"));
        table.add(typed(field, "null", "null"));
        table.add(typed(field, "true", "true"));
        table.add(typed(field, "key of a message", "backupCodeErrorWrong"));
    }

    private static void otherScripts(String field, String good, List<BadInput> table) {
        table.add(typed(field, "full-width digits", "\uff10\uff11\uff12\uff13\uff14"));
        table.add(typed(field, "Arabic digits", "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669"));
        table.add(typed(field, "Persian digits", "\u06f0\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7\u06f8\u06f9"));
        table.add(typed(field, "Devanagari digits", "\u0966\u0967\u0968\u0969\u096a\u096b\u096c\u096d"));
        table.add(
                typed(field, "Cyrillic look-alikes", "\u0410\u0412\u0415\u041a\u041c-\u041d\u041e\u0420\u0421\u0422"));
        table.add(typed(field, "Greek look-alikes", "\u0391\u0392\u0395\u0396\u0397\u0399\u039a"));
        table.add(typed(field, "mathematical digits", "\ud835\udfce\ud835\udfcf\ud835\udfd0\ud835\udfd1"));
        table.add(typed(field, "superscripts", "\u2070\u00b9\u00b2\u00b3\u2074\u2075"));
        table.add(typed(field, "combining accents", spread(good, "\u0301")));
        table.add(typed(field, "combining key caps", spread(good, "\u20e3")));
        table.add(typed(field, "variation selectors", spread(good, "\ufe0f")));
        table.add(typed(field, "many accents on one symbol", good.charAt(0) + "\u0300".repeat(100)));
        table.add(typed(field, "emoji", "\ud83d\udc69\u200d\ud83d\udcbb" + good));
        table.add(typed(field, "right to left, then markup", "\u202e<b>" + good + "</b>"));
        table.add(typed(field, "a byte order mark and more", "\ufeff<" + good));
    }

    private static void controls(String field, String good, List<BadInput> table) {
        table.add(typed(field, "NUL", "\0"));
        table.add(typed(field, "NUL at the end", good + "\0"));
        table.add(typed(field, "NUL at the start", "\0" + good));
        table.add(typed(field, "escape", "\u001b[31m" + good));
        table.add(typed(field, "bell and backspace", "\u0007\b\b\b" + good));
        table.add(typed(field, "delete", "\u007f" + good));
        table.add(typed(field, "next line (C1)", "\u009b" + good));
        table.add(typed(field, "a header", "x\r\nSet-Cookie: taken=over"));
        table.add(typed(field, "a line of a log", "x\n2026-01-01 00:00:00 ERROR forged"));
        table.add(typed(field, "no character", "\uffff\ufffe"));
    }

    private static void code(String field, List<BadInput> table) {
        table.add(typed(field, "a script", "\"><script>alert(1)</script>"));
        table.add(typed(field, "an event handler", "<img src=x onerror=alert(1)>"));
        table.add(typed(field, "an attribute", "\" autofocus onfocus=\"alert(1)"));
        table.add(typed(field, "another form", "</form><form action=//example.org>"));
        table.add(typed(field, "entities", "&lt;b&gt;&#0;&amp;quot;"));
        table.add(typed(field, "a URL of script", "javascript:alert(1)"));
        table.add(typed(field, "FreeMarker, interpolation", "${7777*7777}"));
        table.add(typed(field, "FreeMarker, directive", "<#assign x=7777*7777>${x}"));
        table.add(typed(field, "FreeMarker, new", "${\"freemarker.template.utility.Execute\"?new()(\"id\")}"));
        table.add(typed(field, "FreeMarker, numeric", "#{7777*7777}"));
        table.add(typed(field, "FreeMarker, square", "[=7777*7777]"));
        table.add(typed(field, "braces", "{{7777*7777}}"));
        table.add(typed(field, "a pattern of messages", "{0} {1} '{'"));
        table.add(typed(field, "a format", "%s%n%d%x"));
        table.add(typed(field, "SQL, always true", "' OR '1'='1"));
        table.add(typed(field, "SQL, another statement", "'; DROP TABLE CREDENTIAL; --"));
        table.add(typed(field, "SQL, union", "0' UNION SELECT SECRET_DATA FROM CREDENTIAL --"));
        table.add(typed(field, "JNDI", "${jndi:ldap://127.0.0.1:1/a}"));
        table.add(typed(field, "a shell", "$(id) `id` | id"));
        table.add(typed(field, "a path", "../../../../etc/passwd"));
        table.add(typed(field, "XML", "<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]><x>&y;</x>"));
        table.add(typed(field, "JSON", "{\"" + field + "\":[null]}"));
    }

    private static void sizes(String field, String good, List<BadInput> table) {
        table.add(typed(field, "129 symbols", "0".repeat(129)));
        table.add(typed(field, "10,000 symbols", "0".repeat(10_000)));
        table.add(typed(field, "a megabyte of symbols", "Z".repeat(MEGABYTE)));
        table.add(typed(field, "a megabyte of spaces", good + " ".repeat(MEGABYTE)));
        table.add(typed(field, "a megabyte of dashes", "-".repeat(MEGABYTE)));
    }

    private static void parameters(String field, String good, List<BadInput> table) {
        table.add(form("no body", ""));
        table.add(form("another field", "other=" + good));
        table.add(form("another case", field.toUpperCase(Locale.ROOT) + "=" + good));
        table.add(form("as a list", field + "%5B%5D=" + good));
        table.add(form("as an element", field + "%5B0%5D=" + good));
        table.add(form("with a space in the name", field + "%20=" + good));
        table.add(form("no value", field));
        table.add(form("only separators", "&&&=&&="));
        table.add(form("twice, empty first", field + "=&" + field + "=" + good));
        table.add(form("twice, wrong first", field + "=x&" + field + "=" + good));
        table.add(form("twice with a semicolon", field + "=x;" + field + "=" + good));
        table.add(form("five hundred times", (field + "=x&").repeat(500)));
        table.add(form(
                "five hundred fields",
                IntStream.range(0, 500).mapToObj(i -> "f" + i + "=").collect(Collectors.joining("&"))));
    }

    private static void encodings(String field, String good, List<BadInput> table) {
        table.add(malformed("a lone percent sign", FORM, field + "=%"));
        // not with a code that is one: Keycloak writes what it cannot decode into its log, whatever the form
        table.add(malformed("half an escape", FORM, field + "=AAAAA-BBBBB-CCCCC%4"));
        table.add(malformed("no hexadecimal escape", FORM, field + "=%ZZAAAAA-BBBBB-CCCCC"));
        table.add(malformed("the escape of old scripts", FORM, field + "=%u0041%u0042"));
        table.add(form("an overlong slash", field + "=%C0%AF" + good));
        table.add(form("bytes that are no UTF-8", field + "=%FF%FE%80" + good));
        table.add(form("a lone surrogate", field + "=%ED%A0%80" + good));
        table.add(malformed("a broken name", FORM, "%zz" + field + "=" + good));
        table.add(raw("ISO 8859-1", FORM, field + "=\u00e4\u00f6\u00fc\u00df" + good, StandardCharsets.ISO_8859_1));
        table.add(raw("UTF-16", FORM, field + "=" + good, StandardCharsets.UTF_16));
        table.add(raw("UTF-16, said so", FORM + "; charset=UTF-16", field + "=?" + good, StandardCharsets.UTF_16));
        table.add(raw("a charset that there is not", FORM + "; charset=nothing", field + "=?", StandardCharsets.UTF_8));
        table.add(raw("bytes", FORM, "\0\u0001\u0002\u00ff\u00fe", StandardCharsets.ISO_8859_1));
    }

    private static void contentTypes(String field, String good, List<BadInput> table) {
        String form = field + "=" + good;
        String json = "{\"" + field + "\":\"" + good + "\"}";
        String part = "--x\r\nContent-Disposition: form-data; name=\"" + field + "\"\r\n\r\n?" + good + "\r\n--x--\r\n";
        table.add(raw("no content type", null, form, StandardCharsets.UTF_8));
        table.add(malformed("an empty content type", "", form));
        table.add(malformed("a content type of slashes", "///", form));
        table.add(raw("text", "text/plain", form, StandardCharsets.UTF_8));
        table.add(raw("JSON as the body", "application/json", json, StandardCharsets.UTF_8));
        table.add(raw("broken JSON", "application/json", "{\"", StandardCharsets.UTF_8));
        table.add(raw("XML as the body", "application/xml", "<" + field + ">" + good, StandardCharsets.UTF_8));
        table.add(raw("octets", "application/octet-stream", form, StandardCharsets.UTF_8));
        table.add(raw("parts", "multipart/form-data; boundary=x", part, StandardCharsets.UTF_8));
        table.add(raw("parts without a boundary", "multipart/form-data", part, StandardCharsets.UTF_8));
    }

    private static BadInput typed(String field, String name, String text) {
        return new BadInput(name, text, FORM, field + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8), false);
    }

    private static BadInput form(String name, String body) {
        return raw(name, FORM, body, StandardCharsets.UTF_8);
    }

    private static BadInput malformed(String name, String contentType, String body) {
        return new BadInput(name, "", contentType, body, true);
    }

    private static BadInput raw(String name, @Nullable String contentType, String body, Charset charset) {
        return new BadInput(
                name, "", contentType, new String(body.getBytes(charset), StandardCharsets.ISO_8859_1), false);
    }

    private static String spread(String text, String mark) {
        return text.chars()
                .mapToObj(symbol -> Character.toString(symbol) + mark)
                .collect(Collectors.joining());
    }
}
