package io.github.backupcodes.support.realm;

import java.util.List;

/** The list of codes that a person keeps, made over plain HTTP for tests that are about something else. */
public final class CodeList {

    private CodeList() {}

    /**
     * A user makes a set, signs in for it as far as it takes, and saves it.
     *
     * @param user who; with the authenticator app of {@link TestUser#totp()} or with none
     * @param realm where
     * @return the codes as shown, from the first
     */
    public static List<String> madeBy(TestUser user, TestRealm realm) {
        user.admin().require(BackupCodesNames.ACTION);
        LoginClient session = realm.session(LoginClient.connections());
        session.signIn(user);
        if (session.page().has("#kc-otp-login-form")) {
            session.otp(user.totp().now());
        }
        List<String> codes = session.page().backupCodes();
        session.saveCodes();
        if (!session.isSignedIn()) {
            throw new IllegalStateException("the codes were not saved: " + session.page());
        }
        return codes;
    }

    /**
     * A user tries to sign in with a code.
     *
     * @param user who, with a second factor
     * @param realm where
     * @param code as typed
     * @return the session, signed in or not
     */
    public static LoginClient tryCode(TestUser user, TestRealm realm, String code) {
        LoginClient session = realm.session(LoginClient.connections());
        session.signIn(user);
        session.choose(realm.backupCodeExecution());
        session.backupCode(code);
        return session;
    }
}
