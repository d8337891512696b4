package io.github.backupcodes.pages;

import com.microsoft.playwright.Page;
import io.github.backupcodes.support.browser.Person;

/** One field for a code that was sent by e-mail or by text message. */
public record VerificationCodePage(Page page) {

    private static final String FIELD = ":is(#emailCode, #smsCode)";

    /** The person sees this page with its field, or comes to it within the usual time. */
    public static VerificationCodePage on(Person person) {
        Screen.await(person.page(), FIELD);
        return new VerificationCodePage(person.page());
    }

    /** The person sees why no code can be entered. */
    public static VerificationCodePage withoutField(Person person) {
        Screen.await(
                person.page(), ":is(#verification-code, #email-code, #sms-code):not(:has(" + FIELD + ")) .bc-note");
        return new VerificationCodePage(person.page());
    }

    /** Types a code and sends it. */
    public void enter(String code) {
        page.fill(FIELD, code);
        page.click("#kc-login");
    }

    /** What the page says is wrong. */
    public String error() {
        return Screen.error(page);
    }

    /** Waits until the button that sends again counts down. */
    public void awaitCountdown() {
        page.locator("#resend[disabled]").waitFor();
    }

    /** Goes to the list of other ways to sign in. */
    public SelectAuthenticatorPage tryAnotherWay(Person person) {
        page.click("#try-another-way");
        return SelectAuthenticatorPage.on(person);
    }

    /** Goes to the form for backup codes. */
    public void useBackupCode() {
        page.click("#useBackupCode");
    }
}
