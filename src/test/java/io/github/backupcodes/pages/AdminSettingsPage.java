package io.github.backupcodes.pages;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.server.KeycloakServer;
import java.util.List;

/** The admin console, Authentication, Required actions: the dialog behind the gear of one. */
public record AdminSettingsPage(Page page) {

    private static final String DIALOG = "[role=dialog]";

    /** The administrator of the server signs in to the console and opens the settings of the backup codes. */
    public static AdminSettingsPage open(Person person, TestRealm realm) {
        signIn(person, realm);
        return on(person);
    }

    /**
     * The administrator of the server signs in to the console and opens settings.
     *
     * @param name    what the console calls the required action
     * @param setting the key of one of its settings
     */
    public static AdminSettingsPage open(Person person, TestRealm realm, String name, String setting) {
        signIn(person, realm);
        return on(person, name, setting);
    }

    private static void signIn(Person person, TestRealm realm) {
        person.open(realm.server().baseUrl() + "/admin/master/console/#/" + realm.name()
                + "/authentication/required-actions");
        LoginPage.on(person).signIn(KeycloakServer.ADMIN, KeycloakServer.ADMIN);
    }

    /** Opens the settings of the backup codes in the console that the person looks at. */
    public static AdminSettingsPage on(Person person) {
        return on(person, "Set up backup codes", "code-count");
    }

    private static AdminSettingsPage on(Person person, String name, String setting) {
        person.page().click("tr:has([id='enable-" + name.replace(' ', '-') + "']) [data-label=config] button");
        Screen.await(person.page(), "[id='config." + setting + "']");
        return new AdminSettingsPage(person.page());
    }

    /** What the settings are called. */
    public List<String> labels() {
        return page.locator(DIALOG + " form label .pf-v5-c-form__label-text").allInnerTexts().stream()
                .map(String::strip)
                .toList();
    }

    /** The explanation of a setting. It stays open: what closes it would close the dialog, too. */
    public String help(String label) {
        page.locator(DIALOG + " .pf-v5-c-form__group:has(label:has-text(\"" + label + "\")) [data-testid^=help-label]")
                .first()
                .click();
        Locator popover = page.locator(".pf-v5-c-popover__body");
        popover.waitFor();
        return popover.innerText().strip();
    }

    /** The value in a field. */
    public String value(String key) {
        return field(key).inputValue();
    }

    /** Types a value into a field. */
    public void type(String key, String value) {
        field(key).fill(value);
    }

    /** Saves. */
    public void save() {
        page.locator(DIALOG + " form button[type=submit], " + DIALOG + " [data-testid=save]")
                .first()
                .click();
    }

    /** What the console says after saving. */
    public String notice() {
        Locator alert = page.locator(".pf-v5-c-alert").first();
        alert.waitFor();
        return alert.innerText().strip();
    }

    private Locator field(String key) {
        return page.locator("[id='config." + key + "']");
    }
}
