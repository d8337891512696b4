package io.github.backupcodes.pages;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.realm.Selectors;
import java.util.List;

/** What to do after a code was used: set up a new second factor, make new codes, go on. */
public record AfterUsePage(Page page) {

    /** The person sees this page, or comes to it within the usual time. */
    public static AfterUsePage on(Person person) {
        Screen.await(person.page(), Selectors.CODE_USED_PAGE);
        return new AfterUsePage(person.page());
    }

    /** Goes on to the application. */
    public void goOn() {
        page.click("[name=continue]");
    }

    /** Makes new codes. */
    public void makeCodes() {
        page.click("[name=makeCodes]");
    }

    /** Answers that the phone or key is lost, where the page asks. */
    public void answerLost() {
        Locator question = page.locator("#replaceLost:not([open]) > summary");
        if (question.count() > 0) {
            question.click();
        }
    }

    /** Sets up a new authenticator app. */
    public void setUpApp() {
        answerLost();
        page.click("#setUpApp");
    }

    /** Sets up a new security key. */
    public void setUpKey() {
        answerLost();
        page.click("#setUpKey");
    }

    /**
     * Wants to be rid of an old second factor.
     *
     * @param label what stands beside the box, or a part of it
     */
    public void tickRemove(String label) {
        answerLost();
        page.getByLabel(label).check();
    }

    /** What can be removed. */
    public List<String> removable() {
        answerLost();
        return texts("label");
    }

    /** Whether an old second factor is to be removed. */
    public boolean isTicked(String label) {
        answerLost();
        return page.getByLabel(label).isChecked();
    }

    /** What can be done. */
    public List<String> choices() {
        return texts("button");
    }

    /** What the page says more strongly than the rest. */
    public String note() {
        return String.join(" ", texts(".bc-note"));
    }

    /** What was set up. */
    public String done() {
        return String.join(" ", texts(".bc-done"));
    }

    private List<String> texts(String css) {
        Locator found = page.locator(Selectors.CODE_USED_PAGE + " " + css);
        return found.allInnerTexts().stream().map(String::strip).toList();
    }
}
