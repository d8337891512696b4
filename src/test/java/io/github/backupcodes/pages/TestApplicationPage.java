package io.github.backupcodes.pages;

import com.microsoft.playwright.Page;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.realm.TestApplication;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The test app: the person is signed in. */
public record TestApplicationPage(Page page) {

    /** The person is back at the app, or comes to it within the usual time. */
    public static TestApplicationPage on(Person person) {
        String start = TestApplication.shared().redirectUri().toString();
        person.page().waitForURL(url -> url.startsWith(start));
        return new TestApplicationPage(person.page());
    }

    /** Whether the sign-in gave an authorization code. */
    public boolean isSignedIn() {
        return parameter("code").isPresent();
    }

    /** How an action ended that the app asked for. */
    public String actionStatus() {
        return parameter("kc_action_status").orElse("");
    }

    /** A parameter that the app got. */
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
