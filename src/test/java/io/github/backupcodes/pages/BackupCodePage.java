package io.github.backupcodes.pages;

import com.microsoft.playwright.Page;
import io.github.backupcodes.support.browser.Person;

/** One field for a backup code. */
public record BackupCodePage(Page page) {

    private static final String FIELD = "#backupCode";

    /** The person sees this page, or comes to it within the usual time. */
    public static BackupCodePage on(Person person) {
        Screen.await(person.page(), FIELD);
        return new BackupCodePage(person.page());
    }

    /** Types a code and sends it. */
    public void enter(String code) {
        type(code);
        page.click("#kc-login");
    }

    /** Types a code. */
    public void type(String code) {
        page.fill(FIELD, code);
    }

    /** Presses one key after the other. */
    public void press(String keys) {
        page.locator(FIELD).pressSequentially(keys);
    }

    /** Sends what stands in the field. */
    public void submit() {
        page.click("#kc-login");
    }

    /** What the page says while one types. */
    public String hint() {
        return page.locator(FIELD + "-hint").innerText().strip();
    }

    /** What stands in the field. */
    public String typed() {
        return page.inputValue(FIELD);
    }

    /** What the page says is wrong. */
    public String error() {
        return Screen.error(page);
    }

    /** Waits until the page says that something is wrong. */
    public void awaitError() {
        Screen.await(page, "#input-error-backupCode");
    }

    /** Asks for another way to sign in. */
    public void tryAnotherWay() {
        page.click("#try-another-way");
    }
}
