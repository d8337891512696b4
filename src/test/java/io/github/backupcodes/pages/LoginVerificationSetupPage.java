package io.github.backupcodes.pages;

import com.microsoft.playwright.Page;
import io.github.backupcodes.support.browser.Person;
import java.util.List;

/** Turning login verification on: the second factors to choose from, and the way out where there is one. */
public record LoginVerificationSetupPage(Page page) {

    private static final String ROOT = "#login-verification";

    /** The person sees this page, or comes to it within the usual time. */
    public static LoginVerificationSetupPage on(Person person) {
        Screen.await(person.page(), ROOT);
        return new LoginVerificationSetupPage(person.page());
    }

    /** What can be set up. */
    public List<String> ways() {
        return page.locator(ROOT + " [name=setUp]").allInnerTexts();
    }

    /** The classes of the icons of what can be set up; none in a theme without icons. */
    @SuppressWarnings("unchecked") // the script returns a list of texts
    public List<String> icons() {
        return (List<String>)
                page.locator(ROOT + " .bc-factor-icon i").evaluateAll("icons => icons.map(icon => icon.className)");
    }

    /** Sets up an authenticator app. */
    public void chooseApp() {
        page.click("#setUp-otp");
    }

    /** Puts it off. */
    public void skip() {
        page.click("#skipLoginVerification");
    }
}
