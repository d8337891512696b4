package io.github.backupcodes.pages;

import com.microsoft.playwright.Page;
import io.github.backupcodes.support.browser.Person;

/** Keycloak's pages to set up a security key and to sign in with it. */
public record SecurityKeyPage(Page page) {

    private static final String SET_UP = "#registerWebAuthn";
    private static final String SIGN_IN = "#authenticateWebAuthnButton";

    /** The person is asked to set up a key, and does. */
    public static void setUp(Person person) {
        // before the script has come, a press of the button does nothing
        Screen.await(person.page(), SET_UP);
        person.page().waitForLoadState();
        // the script asks for a name
        person.page().onceDialog(dialog -> dialog.accept("key"));
        person.page().click(SET_UP);
    }

    /** The person is asked for the key, or comes to this page within the usual time. */
    public static SecurityKeyPage on(Person person) {
        Screen.await(person.page(), SIGN_IN);
        return new SecurityKeyPage(person.page());
    }

    /** Signs in with the key. */
    public void signIn() {
        page.click(SIGN_IN);
    }

    /** Whether the page offers another way. */
    public boolean offersAnotherWay() {
        return page.isVisible("#try-another-way");
    }

    /** Asks for another way to sign in. */
    public void tryAnotherWay() {
        page.click("#try-another-way");
    }
}
