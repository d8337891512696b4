package io.github.backupcodes.pages;

import com.microsoft.playwright.Page;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;

/** Name and password. */
public record LoginPage(Page page) {

    /** The person starts to sign in to the test app. */
    public static LoginPage open(Person person, TestRealm realm) {
        person.open(realm.signInUrl());
        return on(person);
    }

    /** The person sees this page, or comes to it within the usual time. */
    public static LoginPage on(Person person) {
        Screen.await(person.page(), Selectors.PASSWORD_FORM);
        return new LoginPage(person.page());
    }

    /** Enters name and password. */
    public void signIn(TestUser user) {
        signIn(user.username(), user.password());
    }

    /** Enters name and password. */
    public void signIn(String username, String password) {
        if (page.isVisible("#username")) {
            page.fill("#username", username);
        }
        page.fill("#password", password);
        page.click("#kc-login");
    }

    /** What the page says is wrong. */
    public String error() {
        return Screen.error(page);
    }
}
