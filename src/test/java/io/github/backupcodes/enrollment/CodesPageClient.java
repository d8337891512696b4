package io.github.backupcodes.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.realm.Totp;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;

/** Ways to the page that shows new codes, and back from it. */
public final class CodesPageClient {

    /** Where its form is. */
    public static final String FORM = "form:has([name=codesSaved])";

    private static final HttpClient CONNECTIONS = LoginClient.connections();

    private CodesPageClient() {}

    /** A person at a new browser. */
    public static LoginClient newBrowser(TestRealm realm) {
        return realm.session(CONNECTIONS);
    }

    /** A person at a new browser who has signed in with password and OTP. */
    public static LoginClient signedIn(TestRealm realm, TestUser user) {
        return signedIn(realm, user, user.totp());
    }

    /** The same with an app that the user was not created with. */
    public static LoginClient signedIn(TestRealm realm, TestUser user, Totp app) {
        LoginClient client = newBrowser(realm);
        client.signIn(user);
        client.otp(app.now());
        return client;
    }

    /** A person who has signed in and has asked for new codes. */
    static LoginClient renewing(TestRealm realm, TestUser user) {
        LoginClient client = signedIn(realm, user);
        client.open(Map.of("kc_action", BackupCodesNames.ACTION));
        return client;
    }

    /** Whether a new sign-in with this backup code goes through. */
    public static LoginClient signInWith(TestRealm realm, TestUser user, String code) {
        LoginClient client = newBrowser(realm);
        client.signIn(user);
        client.choose(realm.backupCodeExecution());
        client.backupCode(code);
        return client;
    }

    /** A request that sends the form of the page at hand with a body of one's own. */
    public static HttpRequest post(LoginClient client, URI action, String body) {
        return client.request(action)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    /** The codes of the page at hand. */
    static List<String> codes(LoginClient client) {
        return client.page().backupCodes();
    }

    /** In another session the user sets up an authenticator app. */
    static Totp setUpApp(TestRealm realm, TestUser user) {
        LoginClient owner = newBrowser(realm);
        owner.open(Map.of("kc_action", "CONFIGURE_TOTP"));
        owner.password(user.username(), user.password());
        Totp app = Totp.ofStored(owner.page().document().select("#totpSecret").attr("value"));
        owner.submit("#kc-totp-settings-form", Map.of("totp", app.now(), "userLabel", "phone"));
        assertThat(owner.isSignedIn()).as("%s", owner.page()).isTrue();
        return app;
    }

    /** The person has to sign in once more, from the start. */
    static void assertStartedAgain(LoginClient client) {
        assertThat(client.page().has("#kc-form-login")).as("%s", client.page()).isTrue();
        assertThat(client.page().text("#kc-content, body")).contains("Login will start from the beginning");
        assertThat(client.page().backupCodes()).isEmpty();
    }
}
