package io.github.backupcodes.support.realm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** An answer over plain HTTP, after the redirects on the way to it. */
public final class HttpPage {

    private final URI url;
    private final int status;
    private final HttpHeaders headers;
    private final String body;
    private @Nullable Document document;

    HttpPage(URI url, int status, HttpHeaders headers, String body) {
        this.url = url;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** Its address; for the end of a sign-in, the redirect URI with its parameters. */
    public URI url() {
        return url;
    }

    /** The HTTP status; 302 for the end of a sign-in. */
    public int status() {
        return status;
    }

    /** The headers. */
    public HttpHeaders headers() {
        return headers;
    }

    /** The text that came. */
    public String body() {
        return body;
    }

    /** The page as HTML. */
    public Document document() {
        Document parsed = document;
        if (parsed == null) {
            parsed = Jsoup.parse(body, url.toString());
            document = parsed;
        }
        return parsed;
    }

    /** Whether something is on the page. */
    public boolean has(String css) {
        return document().selectFirst(css) != null;
    }

    /** It has an element. */
    public void assertHas(String css) {
        assertHas(css, "the page");
    }

    /** It has an element, and why it must. */
    public void assertHas(String css, String why) {
        assertThat(has(css)).as("%s: %s on %s", why, css, this).isTrue();
    }

    /** It does not have an element. */
    public void assertHasNo(String css) {
        assertHasNo(css, "the page");
    }

    /** It does not have an element, and why it must not. */
    public void assertHasNo(String css, String why) {
        assertThat(has(css)).as("%s: %s on %s", why, css, this).isFalse();
    }

    /** An element has a text of the theme, in English. */
    public void assertText(String css, String key, Object... arguments) {
        assertThat(text(css)).as("%s on %s", css, this).isEqualTo(Messages.of(key, arguments));
    }

    /** It reports an error of the theme, in English. */
    public void assertError(String key, Object... arguments) {
        assertThat(error()).as("%s", this).isEqualTo(Messages.of(key, arguments));
    }

    /** A text of the page. */
    public String text(String css) {
        Element found = document().selectFirst(css);
        return found == null ? "" : found.text();
    }

    /** Texts of the page. */
    public List<String> texts(String css) {
        return document().select(css).eachText();
    }

    /** The buttons of the page that follows a good backup code. */
    public List<String> codeUsedButtons() {
        return texts(Selectors.CODE_USED_PAGE + " button");
    }

    /** The backup codes that a page shows. */
    public List<String> backupCodes() {
        List<String> codes = texts("[data-backup-code]");
        IssuedCodes.add(codes);
        return codes;
    }

    /** The authenticator app that a page sets up, as a phone reads it. */
    public Totp scanApp() {
        return Totp.ofStored(document().select("#totpSecret").attr("value"));
    }

    /** What is wrong, as the page says: at the field or above the form. */
    public String error() {
        return text(
                "[id^=input-error]:not([id^=input-error-container]):not([hidden]), .kc-feedback-text, #kc-error-message");
    }

    /** Says where it is and its title, never what is on it. */
    @Override
    public String toString() {
        return status + " " + url.getPath() + " \"" + text("title") + "\" \"" + text(Selectors.TITLE) + "\"";
    }
}
