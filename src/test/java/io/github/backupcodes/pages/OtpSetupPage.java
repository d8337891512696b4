package io.github.backupcodes.pages;

import com.microsoft.playwright.Page;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.Totp;

/** Keycloak's page to set up an authenticator app. */
public record OtpSetupPage(Page page) {

    /** The person sees this page, or comes to it within the usual time. */
    public static OtpSetupPage on(Person person) {
        Screen.await(person.page(), Selectors.APP_SETUP_FORM);
        return new OtpSetupPage(person.page());
    }

    /** Types the key into an authenticator app, and the app's code into the page. */
    public Totp setUp() {
        return setUp("phone");
    }

    /**
     * Types the key into an authenticator app, and the app's code into the page.
     *
     * @param device the name to give the app; needed for the second one
     */
    public Totp setUp(String device) {
        if (page.isVisible("#mode-manual")) {
            page.click("#mode-manual");
        }
        Totp app = Totp.ofBase32(page.innerText("#kc-totp-secret-key"));
        page.fill("#totp", app.now());
        page.fill("#userLabel", device);
        page.click("#saveTOTPBtn");
        return app;
    }
}
