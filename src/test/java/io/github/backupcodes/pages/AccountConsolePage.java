package io.github.backupcodes.pages;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.realm.TestRealm;

/**
 * The account console, Account security, Signing in: one type of credentials in the list.
 *
 * @param page the page
 * @param type the credential type
 */
public record AccountConsolePage(Page page, String type) {

    private static final String BACKUP_CODES = "backup-codes";
    private static final String LOGIN_VERIFICATION = "[data-testid='login-verification/create']";

    /**
     * The person goes to the list of credentials; a person who is not signed in comes to the sign-in first, so look for
     * {@link LoginPage} then, and for this page after it.
     */
    public static void open(Person person, TestRealm realm) {
        person.open(realm.signingInUrl());
    }

    /** The person sees the list of credentials with the backup codes, or comes to it within the usual time. */
    public static AccountConsolePage on(Person person) {
        return on(person, BACKUP_CODES);
    }

    /** The person sees the list of credentials with a type, or comes to it within the usual time. */
    public static AccountConsolePage on(Person person, String type) {
        person.page()
                .waitForSelector(
                        "[data-testid='password/credential-list']",
                        new Page.WaitForSelectorOptions().setState(WaitForSelectorState.VISIBLE));
        return new AccountConsolePage(person.page(), type);
    }

    /** Whether the list has the type. */
    public boolean lists() {
        return list().count() > 0;
    }

    /** Scrolls until the type and its entry are in the window. */
    public void scrollToType() {
        element("title").evaluate("title => title.scrollIntoView()");
    }

    /** The name of the type. */
    public String title() {
        return element("title").innerText().strip();
    }

    /** The text that explains the type. */
    public String helpText() {
        return element("help-text").innerText().strip();
    }

    /** Whether the user has a credential of the type. */
    public boolean isSetUp() {
        return element("not-set-up").count() == 0;
    }

    /** What the list says when there is none. */
    public String notSetUp() {
        return element("not-set-up").innerText().strip();
    }

    /** Whether one can be set up here. */
    public boolean offersSetUp() {
        return element("create").isVisible();
    }

    /** The label of the button that sets one up. */
    public String setUpLabel() {
        return element("create").innerText().strip();
    }

    /** Sets one up. */
    public void setUp() {
        element("create").click();
    }

    /** Everything that the entry says: name, date, remaining codes, warnings. */
    public String entry() {
        return list().innerText().strip();
    }

    /** The name of the credential. */
    public String label() {
        return role("label").innerText().strip();
    }

    /** When it was set up. */
    public String createdAt() {
        return role("created-at").innerText().strip();
    }

    /** What the entry says of the remaining codes, with its warning. */
    public String message() {
        return role("warning-message").innerText().strip();
    }

    /** Sets up another one instead of this one. */
    public void update() {
        role("update").click();
    }

    /** Deletes it; Keycloak asks to confirm, see {@link #confirmDelete(Person)}. */
    public void delete() {
        role("remove").click();
    }

    /** Confirms, on Keycloak's page that asks whether to delete. */
    public static void confirmDelete(Person person) {
        person.page().click("#kc-accept");
    }

    /** Does not confirm, on the same page. */
    public static void declineDelete(Person person) {
        person.page().click("#kc-decline");
    }

    /** Whether login verification can be turned on here. */
    public boolean offersLoginVerification() {
        return page.isVisible(LOGIN_VERIFICATION);
    }

    /** Turns login verification on. */
    public void turnOnLoginVerification() {
        page.click(LOGIN_VERIFICATION);
    }

    private Locator element(String name) {
        return page.locator("[data-testid='" + type + "/" + name + "']");
    }

    private Locator list() {
        return element("credential-list");
    }

    private Locator role(String role) {
        return list().locator("[data-testrole='" + role + "']").first();
    }
}
