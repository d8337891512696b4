package io.github.backupcodes.policy;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Value object: who helps users that cannot sign in, as the administrator of a realm describes it: a name, a telephone number, a
 * mail address or the address of a page. Public, because templates read it.
 *
 * @param value what users read: one line without invisible characters, 1 to 200 characters
 */
public record HelpContact(String value) {

    /** The most characters: it has to fit into an error below a field, on a phone. */
    static final int MAX_LENGTH = 200;

    /** Deliberately narrow: a text that only resembles an address is shown without a link. */
    private static final Pattern MAIL = Pattern.compile("[\\w.+-]+@\\w[\\w.-]*\\.\\w+");

    /**
     * Returns the contact in a text; empty if the text has no visible character, is too long, or has characters that could reverse or
     * break the line.
     */
    static Optional<HelpContact> parse(String text) {
        String stripped = text.strip();
        boolean valid = !stripped.isEmpty()
                && stripped.length() <= MAX_LENGTH
                && PrintableText.of(stripped).equals(stripped);
        return valid ? Optional.of(new HelpContact(stripped)) : Optional.empty();
    }

    /** The target of a link: the text if it is an https address, {@code mailto:} if it is a mail address; otherwise null. */
    public @Nullable String getLink() {
        if (MAIL.matcher(value).matches() && !value.contains("..")) {
            return "mailto:" + value;
        }
        try {
            URI uri = new URI(value);
            return "https".equals(uri.getScheme()) && uri.getHost() != null ? uri.toString() : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** What users read. The record has no method of that name, which templates would take for the property. */
    public String getText() {
        return value;
    }
}
