package io.github.backupcodes.pages;

import com.microsoft.playwright.Page;
import io.github.backupcodes.support.Person;

/** One field for a backup code. */
public final class BackupCodePage {

    private static final String FIELD = "#backupCode";

    private final Page page;

    private BackupCodePage(Page page) {
        this.page = page;
    }

    /**
     * The person sees this page, or comes to it within the usual time.
     *
     * @param person who
     * @return the page
     */
    public static BackupCodePage on(Person person) {
        person.page().waitForSelector(FIELD);
        return new BackupCodePage(person.page());
    }

    /**
     * Types a code and sends it.
     *
     * @param code as the person types it
     */
    public void enter(String code) {
        type(code);
        page.click("#kc-login");
    }

    /**
     * Types a code.
     *
     * @param code as the person types it
     */
    public void type(String code) {
        page.fill(FIELD, code);
    }

    /**
     * What stands in the field.
     *
     * @return the text
     */
    public String typed() {
        return page.inputValue(FIELD);
    }

    /**
     * What the page says is wrong.
     *
     * @return the text; empty when nothing is wrong
     */
    public String error() {
        return Screen.error(page);
    }

    /** Asks for another way to sign in. */
    public void tryAnotherWay() {
        page.click("#try-another-way");
    }
}
