package io.github.backupcodes.pages;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.realm.Selectors;
import java.util.List;
import java.util.regex.Pattern;

/** What all pages of the sign-in share. */
public final class Screen {

    /** A key of one of our messages that was not translated, or an argument that was not filled in. */
    public static final Pattern MESSAGE_KEY = Pattern.compile(
            "(backupCodes?|(sms|email|verification)Code)[A-Z]\\w*|(backup-codes?|(sms|email)-code)(-form|-or-otp)?-(display-name|help-text)"
                    + "|\\b(backup-codes|(sms|email)-code)\\b|CONFIGURE_(BACKUP_CODES|(SMS|EMAIL)_CODE)|\\{\\d");

    private Screen() {}

    /** The heading of the page that the person sees. */
    public static String heading(Person person) {
        return person.page().locator(Selectors.TITLE).innerText().strip();
    }

    /** What the page says is wrong, at the field or above the form. */
    public static String error(Person person) {
        return error(person.page());
    }

    /** All that is to be read on the page, as it is now. */
    public static String text(Person person) {
        return person.page().locator("body").innerText();
    }

    /**
     * What stands inline in our part of the page: scripts, styles and handlers of events, which a strict content
     * security policy refuses. An empty style is what taking a picture leaves.
     */
    @SuppressWarnings("unchecked") // the script returns a list of texts
    public static List<String> inline(Person person) {
        if (person.page().locator(".bc").count() == 0) {
            throw new IllegalStateException("no page of ours");
        }
        return (List<String>) person.page().evaluate("""
                        () => [...document.querySelectorAll(".bc, .bc *")]
                          .filter(e => (e.matches("script") && !e.src) || e.matches("style")
                            || [...e.attributes].some(a => (a.name === "style" && a.value) || a.name.startsWith("on")
                              || a.value.trim().toLowerCase().startsWith("javascript:")))
                          .map(e => e.outerHTML)
                        """);
    }

    /** Whether a text is to be seen on the page, as it is now. */
    public static boolean shows(Person person, String text) {
        return text(person).contains(text);
    }

    /**
     * Comes to a page, within the usual time, with its scripts run: what they show and handle can be looked for then.
     *
     * @param css  what is to be seen on this page, and on none before it
     */
    public static void await(Page page, String css) {
        page.waitForSelector(css);
        awaitScripts(page);
    }

    /** Modules have run when the document counts as loaded. */
    static void awaitScripts(Page page) {
        page.waitForLoadState(LoadState.DOMCONTENTLOADED);
    }

    static String error(Page page) {
        page.waitForLoadState();
        Locator error = page.locator(
                "[id^=input-error]:not([id^=input-error-container], [hidden]), .pf-m-danger .kc-feedback-text, #kc-error-message,"
                        + " .alert-error .kc-feedback-text");
        return error.count() == 0 ? "" : error.first().innerText().strip();
    }
}
