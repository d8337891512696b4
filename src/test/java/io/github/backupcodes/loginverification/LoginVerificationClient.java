package io.github.backupcodes.loginverification;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.HttpPage;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.realm.Totp;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A person who turns login verification on, over plain HTTP. */
public final class LoginVerificationClient {

    private static final String PAGE = "#login-verification";
    private static final String WAYS = "#login-verification-form";
    private static final String LATER = "#login-verification-later";

    private final LoginClient client;
    private @Nullable Totp app;

    public static TestRealm ready(TestRealm realm) {
        realm.admin().registerRequiredAction(BackupCodesNames.VERIFICATION);
        return realm;
    }

    private LoginVerificationClient(LoginClient client) {
        this.client = client;
    }

    /** A user at a new browser who has entered the password. */
    public static LoginVerificationClient signIn(TestRealm realm, TestUser user) {
        LoginVerificationClient visit = new LoginVerificationClient(realm.newBrowser());
        visit.client.signIn(user);
        return visit;
    }

    /** A user at a new browser who was sent by an application to turn it on, and has entered the password. */
    public static LoginVerificationClient byApplication(TestRealm realm, TestUser user) {
        LoginVerificationClient visit = new LoginVerificationClient(realm.newBrowser());
        visit.client.open(Map.of("kc_action", BackupCodesNames.VERIFICATION));
        visit.client.password(user.username(), user.password());
        return visit;
    }

    public LoginClient client() {
        return client;
    }

    public HttpPage page() {
        return client.page();
    }

    public LoginVerificationClient isAsked() {
        page().assertHas(PAGE);
        return this;
    }

    public LoginVerificationClient isSignedIn() {
        client.assertSignedIn();
        return this;
    }

    /** The types of what can be set up. */
    public List<String> offered() {
        return page().document().select(WAYS + " button[name=setUp]").eachAttr("value");
    }

    boolean canSkip() {
        return page().has(LATER + " [name=skip]");
    }

    boolean canCancel() {
        return page().has("[name=cancel-aia]");
    }

    LoginVerificationClient choose(String type) {
        client.submit(WAYS, Map.of("setUp", type));
        return this;
    }

    public LoginVerificationClient skip() {
        client.submit(LATER, Map.of("skip", "true"));
        return this;
    }

    public LoginVerificationClient cancel() {
        client.submit("form:has([name=cancel-aia])", Map.of("cancel-aia", "true"));
        return this;
    }

    public LoginVerificationClient chooseApp() {
        choose("otp");
        page().assertHas(Selectors.APP_SETUP_FORM);
        return this;
    }

    public LoginVerificationClient scan() {
        Totp scanned = page().scanApp();
        client.submit(Selectors.APP_SETUP_FORM, Map.of("totp", scanned.now(), "userLabel", "phone"));
        app = scanned;
        return this;
    }

    public Totp app() {
        return Objects.requireNonNull(app);
    }

    public List<String> codes() {
        List<String> codes = page().backupCodes();
        assertThat(codes).as("%s", page()).isNotEmpty();
        return codes;
    }

    public LoginVerificationClient saveCodes() {
        client.saveCodes();
        return this;
    }

    /** What the application is told. */
    public String status() {
        return isSignedIn().client.parameter("kc_action_status").orElse("");
    }
}
