package io.github.backupcodes.pages;

import com.microsoft.playwright.Page;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.realm.TestApplication;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The test app: the person is signed in. */
public final class TestApplicationPage {

    private final Page page;

    private TestApplicationPage(Page page) {
        this.page = page;
    }

    /**
     * The person is back at the app, or comes to it within the usual time.
     *
     * @param person who
     * @return the page
     */
    public static TestApplicationPage on(Person person) {
        String start = TestApplication.shared().redirectUri().toString();
        person.page().waitForURL(url -> url.startsWith(start));
        return new TestApplicationPage(person.page());
    }

    /**
     * Whether the sign-in gave an authorization code.
     *
     * @return false when it ended with an error
     */
    public boolean isSignedIn() {
        return parameter("code").isPresent();
    }

    /**
     * How an action ended that the app asked for.
     *
     * @return {@code success}, {@code cancelled}, {@code error}; empty when there was none
     */
    public String actionStatus() {
        return parameter("kc_action_status").orElse("");
    }

    /**
     * A parameter that the app got.
     *
     * @param name its name
     * @return its value
     */
    public Optional<String> parameter(String name) {
        String query = URI.create(page.url()).getRawQuery();
        if (query == null) {
            return Optional.empty();
        }
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return Optional.of(URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }
}
