package io.github.backupcodes.sms.gateway;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Where a value stands in a request, and how it is escaped there. */
enum ValuePlace {
    /** A component of a URL, by RFC 3986. */
    URL {
        @Override
        String escape(String value) {
            return FORM.escape(value).replace("+", "%20");
        }
    },
    /** A component of {@code application/x-www-form-urlencoded}. */
    FORM {
        @Override
        String escape(String value) {
            return URLEncoder.encode(value, StandardCharsets.UTF_8);
        }
    },
    /** A JSON string. */
    JSON {
        @Override
        String escape(String value) {
            return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(value));
        }
    },
    /** The text or an attribute of XML 1.0. */
    XML {
        @Override
        String escape(String value) {
            StringBuilder escaped = new StringBuilder(value.length() + 16);
            value.codePoints().forEach(symbol -> {
                switch (symbol) {
                    case '&' -> escaped.append("&amp;");
                    case '<' -> escaped.append("&lt;");
                    case '>' -> escaped.append("&gt;");
                    case '"' -> escaped.append("&quot;");
                    case '\'' -> escaped.append("&#39;");
                    case 0xFFFE, 0xFFFF -> {
                        // no characters of XML
                    }
                    default -> escaped.appendCodePoint(symbol);
                }
            });
            return escaped.toString();
        }
    },
    /** A header, which has no escapes. */
    HEADER {
        @Override
        String escape(String value) {
            if (!value.chars().allMatch(symbol -> symbol >= ' ' && symbol <= '~')) {
                throw new UnfitValueException();
            }
            return value;
        }
    },
    /** The whole of a plain text. */
    PLAIN {
        @Override
        String escape(String value) {
            return value;
        }
    };

    /**
     * Escapes a value so that the receiver reads exactly it.
     *
     * @throws UnfitValueException if that place cannot hold it
     */
    abstract String escape(String value);

    /** The place of values in a body; empty if the type is unknown or names a character set other than UTF-8. */
    static Optional<ValuePlace> ofBody(String contentType) {
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", 2);
        if (parts.length == 2 && !parts[1].strip().matches("charset=\"?utf-8\"?")) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                switch (parts[0].strip()) {
                    case "application/json" -> JSON;
                    case "application/x-www-form-urlencoded" -> FORM;
                    case "application/xml", "text/xml" -> XML;
                    case "text/plain" -> PLAIN;
                    default -> null;
                });
    }
}
