package io.github.backupcodes.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.realm.HttpPage;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A user is deleted while one of our pages is open: the sign-in starts again. */
class DeletedUserIT {

    private static final String LOGIN_VERIFICATION = "CONFIGURE_LOGIN_VERIFICATION";
    private static final TestCodeSet CODES = TestCodeSet.of(3);

    @AutoClose
    private static final TestRealm realm = TestRealm.builder().asking().create();

    @AutoClose
    private static final TestRealm oneField = TestRealm.builder().oneField().create();

    @BeforeAll
    static void prepareRealms() {
        realm.admin().registerRequiredAction(LOGIN_VERIFICATION);
    }

    @Test
    void atTheFormForACode() {
        TestUser user = realm.user("at-the-form").otp().codes(CODES).create();
        LoginClient client = realm.openCodePage(user);
        user.admin().delete();
        assertStartsAgain(client.enterBackupCode(CODES.code(0)));
    }

    @Test
    void atTheOneField() {
        TestUser user = oneField.user("at-the-field").otp().codes(CODES).create();
        LoginClient client = oneField.signIn(user);
        user.admin().delete();
        assertStartsAgain(client.otp(CODES.code(0)));
    }

    @Test
    void atThePageAfterACode() {
        TestUser user = realm.user("after-a-code").otp().codes(CODES).create();
        LoginClient client = realm.enterCode(user, CODES.code(0));
        user.admin().delete();
        assertStartsAgain(client.submit("form:has([name=continue])", Map.of("continue", "")));
    }

    @Test
    void atThePageOfNewCodes() {
        TestUser user = realm.user("new-codes").otp().mustGenerateCodes().create();
        LoginClient client = realm.signInWithApp(user);
        user.admin().delete();
        assertStartsAgain(client.saveCodes());
    }

    @Test
    void atTheQuestionForCodes() {
        TestUser user = realm.user("asked").otp().create();
        LoginClient client = realm.signInWithApp(user);
        assertThat(client.isInvited()).isTrue();
        user.admin().delete();
        assertStartsAgain(client.acceptInvitation());
    }

    @Test
    void atTheChoiceOfASecondFactor() {
        TestUser user =
                realm.user("choosing").requiredAction(LOGIN_VERIFICATION).create();
        LoginClient client = realm.signIn(user);
        user.admin().delete();
        assertStartsAgain(client.submit("form:has([name=setUp])", Map.of("setUp", "otp")));
    }

    private static void assertStartsAgain(HttpPage page) {
        assertThat(page.status()).as("%s", page).isEqualTo(200);
        page.assertHas(Selectors.PASSWORD_FORM);
    }
}
