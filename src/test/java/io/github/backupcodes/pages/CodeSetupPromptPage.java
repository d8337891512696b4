package io.github.backupcodes.pages;

import com.microsoft.playwright.Page;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.realm.Selectors;

/** The page of a sign-in that asks to generate backup codes. */
public record CodeSetupPromptPage(Page page) {

    /** The person sees this page, or comes to it within the usual time. */
    public static CodeSetupPromptPage on(Person person) {
        Screen.await(person.page(), Selectors.PROMPT_PAGE);
        return new CodeSetupPromptPage(person.page());
    }

    /** Why it asks. */
    public String reason() {
        return page.locator("#backupCodesReason").innerText().strip();
    }

    /** Generates codes. */
    public void makeCodes() {
        page.click("[name=makeCodes]");
    }

    /** Puts it off. */
    public void notNow() {
        page.click("[name=notNow]");
    }
}
