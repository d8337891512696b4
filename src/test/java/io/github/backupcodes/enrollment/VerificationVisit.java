package io.github.backupcodes.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.BackupCodesNames;
import io.github.backupcodes.support.HttpPage;
import io.github.backupcodes.support.LoginClient;
import io.github.backupcodes.support.TestRealm;
import io.github.backupcodes.support.TestUser;
import io.github.backupcodes.support.Totp;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A person who turns login verification on, over plain HTTP. */
final class VerificationVisit {

    private static final String PAGE = "#login-verification";
    private static final String WAYS = "#login-verification-form";
    private static final String LATER = "#login-verification-later";
    private static final String APP_PAGE = "#kc-totp-settings-form";

    private final LoginClient client;
    private @Nullable Totp app;

    private VerificationVisit(LoginClient client) {
        this.client = client;
    }

    /** Somebody at a new browser who has entered the password. */
    static VerificationVisit signIn(TestRealm realm, TestUser user) {
        VerificationVisit visit = new VerificationVisit(Visit.newBrowser(realm));
        visit.client.signIn(user);
        return visit;
    }

    /** Somebody at a new browser whom an application has sent to turn it on, and who has entered the password. */
    static VerificationVisit byApplication(TestRealm realm, TestUser user) {
        VerificationVisit visit = new VerificationVisit(Visit.newBrowser(realm));
        visit.client.open(Map.of("kc_action", BackupCodesNames.VERIFICATION));
        visit.client.password(user.username(), user.password());
        return visit;
    }

    LoginClient client() {
        return client;
    }

    HttpPage page() {
        return client.page();
    }

    VerificationVisit isAsked() {
        assertThat(page().has(PAGE)).as("%s", page()).isTrue();
        return this;
    }

    VerificationVisit isSignedIn() {
        assertThat(client.isSignedIn()).as("%s", page()).isTrue();
        return this;
    }

    /** The types of what can be set up. */
    List<String> offered() {
        return page().document().select(WAYS + " button[name=setUp]").eachAttr("value");
    }

    boolean canSkip() {
        return page().has(LATER + " [name=skip]");
    }

    boolean canCancel() {
        return page().has("[name=cancel-aia]");
    }

    VerificationVisit choose(String type) {
        client.submit(WAYS, Map.of("setUp", type));
        return this;
    }

    VerificationVisit skip() {
        client.submit(LATER, Map.of("skip", "true"));
        return this;
    }

    VerificationVisit cancel() {
        client.submit("form:has([name=cancel-aia])", Map.of("cancel-aia", "true"));
        return this;
    }

    VerificationVisit chooseApp() {
        choose("otp");
        assertThat(page().has(APP_PAGE)).as("%s", page()).isTrue();
        return this;
    }

    VerificationVisit scan() {
        Totp scanned = Totp.ofStored(page().document().select("#totpSecret").attr("value"));
        client.submit(APP_PAGE, Map.of("totp", scanned.now(), "userLabel", "phone"));
        app = scanned;
        return this;
    }

    Totp app() {
        return Objects.requireNonNull(app);
    }

    List<String> codes() {
        List<String> codes = page().backupCodes();
        assertThat(codes).as("%s", page()).isNotEmpty();
        return codes;
    }

    VerificationVisit saveCodes() {
        client.saveCodes();
        return this;
    }

    /** What the application is told. */
    String status() {
        return isSignedIn().client.parameter("kc_action_status").orElse("");
    }
}
