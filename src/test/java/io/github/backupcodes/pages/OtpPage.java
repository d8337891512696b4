package io.github.backupcodes.pages;

import com.microsoft.playwright.Page;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.Totp;

/** The code of the authenticator app. */
public record OtpPage(Page page) {

    /** The person sees this page, or comes to it within the usual time. */
    public static OtpPage on(Person person) {
        Screen.await(person.page(), Selectors.OTP_FORM);
        return new OtpPage(person.page());
    }

    /** Enters the code that the app shows. */
    public void enter(Totp app) {
        enter(app.now());
    }

    /** Enters a code. */
    public void enter(String code) {
        page.fill("#otp", code);
        page.click("#kc-login");
    }

    /** Whether the page offers another way. */
    public boolean offersAnotherWay() {
        return page.isVisible("#try-another-way");
    }

    /** Asks for another way to sign in. */
    public void tryAnotherWay() {
        page.click("#try-another-way");
    }

    /** What the page says is wrong. */
    public String error() {
        return Screen.error(page);
    }
}
