package io.github.backupcodes.pages;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.github.backupcodes.support.Person;

/** What all pages of the sign-in share. */
public final class Screen {

    private Screen() {}

    /**
     * The heading of the page that the person sees.
     *
     * @param person who
     * @return the text
     */
    public static String heading(Person person) {
        return person.page().locator("#kc-page-title").innerText().strip();
    }

    /**
     * What the page says is wrong, at the field or above the form.
     *
     * @param person who sees it
     * @return the text; empty when nothing is wrong
     */
    public static String error(Person person) {
        return error(person.page());
    }

    /**
     * Whether a text is to be seen on the page, as it is now.
     *
     * @param person who
     * @param text the text, or a part of it
     * @return true when it is there
     */
    public static boolean shows(Person person, String text) {
        return person.page().locator("body").innerText().contains(text);
    }

    static String error(Page page) {
        page.waitForLoadState();
        Locator error = page.locator(
                "[id^=input-error]:not([id^=input-error-container]), .pf-m-danger .kc-feedback-text, #kc-error-message,"
                        + " .alert-error .kc-feedback-text");
        return error.count() == 0 ? "" : error.first().innerText().strip();
    }
}
