package io.github.backupcodes.pages;

import com.microsoft.playwright.Page;
import io.github.backupcodes.support.browser.Person;
import java.util.List;

/** The country and the number to which codes by text message are to go. */
public record SmsCodeSetupPage(Page page) {

    private static final String NUMBER = "#number";

    /** The person sees this page, or comes to it within the usual time. */
    public static SmsCodeSetupPage on(Person person) {
        Screen.await(person.page(), NUMBER);
        return new SmsCodeSetupPage(person.page());
    }

    /** The countries to choose from, from the top. */
    public List<String> countries() {
        return page.locator("#country option").allInnerTexts();
    }

    /** Chooses a country by its ISO 3166 code, enters a number of it and sends both. */
    public void enter(String country, String number) {
        page.selectOption("#country", country);
        page.fill(NUMBER, number);
        page.click("#sendSmsCode");
    }

    /** Leaves the set-up, if an application or the account console has sent the person here. */
    public void cancel() {
        page.click("#cancelSmsCode");
    }

    /** What the page says is wrong. */
    public String error() {
        return Screen.error(page);
    }
}
