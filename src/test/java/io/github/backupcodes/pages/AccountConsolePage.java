package io.github.backupcodes.pages;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.realm.TestRealm;

/** The account console, Account security, Signing in: the backup codes among the credentials. */
public record AccountConsolePage(Page page) {

    private static final String TYPE = "backup-codes";
    private static final String LOGIN_VERIFICATION = "[data-testid='login-verification/create']";

    /**
     * The person goes to the list of credentials; a person who is not signed in comes to the sign-in first, so look for
     * {@link LoginPage} then, and for this page after it.
     */
    public static void open(Person person, TestRealm realm) {
        person.open(realm.signingInUrl());
    }

    /** The person sees the list of credentials, or comes to it within the usual time. */
    public static AccountConsolePage on(Person person) {
        person.page()
                .waitForSelector(
                        "[data-testid='password/credential-list']",
                        new Page.WaitForSelectorOptions().setState(WaitForSelectorState.VISIBLE));
        return new AccountConsolePage(person.page());
    }

    /** Whether the list has backup codes as a type. */
    public boolean lists() {
        return list().count() > 0;
    }

    /** Scrolls until the type and its entry are in the window. */
    public void scrollToBackupCodes() {
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

    /** Whether the user has a set. */
    public boolean isSetUp() {
        return element("not-set-up").count() == 0;
    }

    /** What the list says when there is no set. */
    public String notSetUp() {
        return element("not-set-up").innerText().strip();
    }

    /** Whether a set can be made here. */
    public boolean offersSetUp() {
        return element("create").isVisible();
    }

    /** The label of the button that makes a set. */
    public String setUpLabel() {
        return element("create").innerText().strip();
    }

    /** Makes a set. */
    public void setUp() {
        element("create").click();
    }

    /** Everything that the entry of the set says: name, date, remaining codes, warnings. */
    public String entry() {
        return list().innerText().strip();
    }

    /** The name of the set. */
    public String label() {
        return role("label").innerText().strip();
    }

    /** When the set was made. */
    public String createdAt() {
        return role("created-at").innerText().strip();
    }

    /** What the entry says of the remaining codes, with its warning. */
    public String message() {
        return role("warning-message").innerText().strip();
    }

    /** Makes a new set instead of this one. */
    public void update() {
        role("update").click();
    }

    /** Deletes the set; Keycloak asks to confirm, see {@link #confirmDelete(Person)}. */
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
        return page.locator("[data-testid='" + TYPE + "/" + name + "']");
    }

    private Locator list() {
        return element("credential-list");
    }

    private Locator role(String role) {
        return list().locator("[data-testrole='" + role + "']").first();
    }
}
