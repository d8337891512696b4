package io.github.backupcodes.pages;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.realm.IssuedCodes;
import io.github.backupcodes.support.realm.Selectors;
import java.util.List;

/** The page that shows a new set of codes, once. */
public record BackupCodesPage(Page page) {

    private static final String CODES = "[data-backup-code]";

    /** The person sees this page, or comes to it within the usual time. */
    public static BackupCodesPage on(Person person) {
        Screen.await(person.page(), CODES);
        return new BackupCodesPage(person.page());
    }

    /**
     * The person is asked again for one of the codes, without seeing them, or comes to this page within the usual time.
     */
    public static BackupCodesPage askingAgain(Person person) {
        Screen.await(person.page(), "#newBackupCodes");
        return new BackupCodesPage(person.page());
    }

    /**
     * The codes.
     *
     * @return as shown, from the first
     */
    public List<String> codes() {
        List<String> codes =
                page.locator(CODES).allInnerTexts().stream().map(String::strip).toList();
        IssuedCodes.add(codes);
        return codes;
    }

    /** Ticks "I’ve saved my backup codes" and goes on. */
    public List<String> save() {
        List<String> codes = codes();
        tickSaved();
        submit();
        return codes;
    }

    /** Ticks "I’ve saved my backup codes". */
    public void tickSaved() {
        page.check("#codesSaved");
    }

    /** Whether the page says that these codes replace older ones. */
    public boolean warnsOfRenewal() {
        return page.isVisible("#codesRenewal");
    }

    /** Whether the page says that other codes were shown before, which are void. */
    public boolean warnsOfOthersBefore() {
        return page.isVisible("#codesShownBefore");
    }

    /** Whether the page has the theme's menu of languages, which would load it again. */
    public boolean offersLanguages() {
        return page.locator("#kc-locale, #login-select-toggle").count() > 0;
    }

    /** Goes on, ticked or not. */
    public void submit() {
        page.click("#saveBackupCodes");
    }

    /** Sends the form although the box is not ticked, past the browser's own check. */
    public void submitPastTheBrowser() {
        page.evalOnSelector(Selectors.NEW_CODES_FORM, "form => { form.noValidate = true; }");
        submit();
    }

    /** Whether the page can be left without saving. */
    public boolean offersCancel() {
        return page.isVisible("[name=cancel-aia]");
    }

    /** Leaves without saving. */
    public void cancel() {
        page.click("[name=cancel-aia]");
    }

    /** Ticks "Sign out from other devices". */
    public void tickLogoutOtherSessions() {
        page.check("#logout-sessions");
    }

    /** Copies the codes to the clipboard. */
    public void copy() {
        page.click("#copyBackupCodes");
    }

    /** Downloads the codes. */
    public Download download() {
        return page.waitForDownload(() -> page.click("#downloadBackupCodes"));
    }

    /** Whether there are buttons to copy, download and print. */
    public boolean offersTools() {
        return page.isVisible("#copyBackupCodes");
    }

    /** Prints the codes. */
    public void print() {
        page.click("#printBackupCodes");
    }

    /** What the page says after copy or download. */
    public String status() {
        Locator status = page.locator("#backupCodesStatus");
        // the text comes after the clipboard has answered
        page.waitForCondition(() -> !status.innerText().isBlank());
        return status.innerText().strip();
    }

    /** What the page says is wrong. */
    public String error() {
        return Screen.error(page);
    }

    /** Which code is to be typed back. */
    public int numberAskedFor() {
        Locator label = page.locator("label[for=backupCode]");
        return label.count() == 0 ? 0 : Integer.parseInt(label.innerText().replaceAll("\\P{Nd}", ""));
    }

    /** Types a code back and goes on. */
    public void typeBack(String code) {
        page.fill("#backupCode", code);
        submit();
    }

    /** Whether the codes are on the page. */
    public boolean showsCodes() {
        return page.locator(CODES).count() > 0;
    }

    /** Wants to see new codes rather than to type one back. */
    public void showNewCodes() {
        page.click("[name=newCodes]");
    }
}
