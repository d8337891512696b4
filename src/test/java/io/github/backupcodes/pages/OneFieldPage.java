package io.github.backupcodes.pages;

import com.microsoft.playwright.Page;
import io.github.backupcodes.support.browser.Person;
import java.util.List;

/** One field for the code of the authenticator app or a backup code. */
public record OneFieldPage(Page page) {

    private static final String FIELD = "#otp";
    private static final String SWITCH = "#lost-phone";

    /** The person sees this page, or comes to it within the usual time. */
    public static OneFieldPage on(Person person) {
        Screen.await(person.page(), "#kc-otp-login-form.bc");
        return new OneFieldPage(person.page());
    }

    /** Types something and sends it. */
    public void enter(String text) {
        type(text);
        page.click("#kc-login");
    }

    /** Types something. */
    public void type(String text) {
        page.fill(FIELD, text);
    }

    /** Says that the phone is lost, or the contrary. */
    public void lostPhone() {
        page.click(SWITCH + " summary");
    }

    /** Whether the page says how to enter a backup code. */
    public boolean saysHowToEnterACode() {
        return page.isVisible(SWITCH + " .bc-help");
    }

    /** What the field is called. */
    public String label() {
        return page.locator("label[for=otp]").innerText().strip();
    }

    /** Which keys a phone shows. */
    public String keys() {
        return String.valueOf(page.getAttribute(FIELD, "inputmode"));
    }

    /** What stands in the field. */
    public String typed() {
        return page.inputValue(FIELD);
    }

    /** What the page says while one types. */
    public String hint() {
        return page.locator(FIELD + "-hint").innerText().strip();
    }

    /** What the page says is wrong. */
    public String error() {
        return Screen.error(page);
    }

    /** The devices that there are to choose from. */
    public List<String> devices() {
        return page.locator(".bc-devices label").allInnerTexts();
    }

    /** Chooses a device. */
    public void choose(String name) {
        page.getByLabel(name, new Page.GetByLabelOptions().setExact(true)).check();
    }
}
