package io.github.backupcodes.pages;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.github.backupcodes.support.browser.Person;
import java.util.List;

/** The ways to sign in, of which the person chooses one. */
public record SelectAuthenticatorPage(Page page) {

    private static final String WAYS = "#kc-select-credential-form";
    // the last is for a theme without classes
    private static final String NAMES =
            ".select-auth-box-headline, " + WAYS + " button[class=''] > div:nth-child(2) > div:first-child";

    /** The person sees this page, or comes to it within the usual time. */
    public static SelectAuthenticatorPage on(Person person) {
        person.page().waitForSelector(WAYS, new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));
        Screen.awaitScripts(person.page());
        return new SelectAuthenticatorPage(person.page());
    }

    /** The ways on offer, from the top. */
    public List<String> ways() {
        // a link that sends a form by script is not waited for by the browser's driver
        names().first().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
        return names().allInnerTexts().stream().map(String::strip).toList();
    }

    /**
     * Chooses a way.
     *
     * @param name its name, for example {@code Backup code}
     */
    public void choose(String name) {
        int index = ways().indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("no way called " + name + " among " + ways());
        }
        names().nth(index).click();
    }

    /** Whether a way has an icon that the theme knows. */
    public boolean hasIcon(String name) {
        String css = String.valueOf(page.locator("li, button")
                .filter(new Locator.FilterOptions().setHasText(name))
                .locator("i")
                .first()
                .getAttribute("class"));
        return !css.contains("kcAuthenticator") && (css.contains("fa-") || css.contains("pficon"));
    }

    private Locator names() {
        return page.locator(NAMES);
    }
}
