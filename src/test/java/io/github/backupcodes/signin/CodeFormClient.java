package io.github.backupcodes.signin;

import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.net.http.HttpClient;

/** Brings sign-ins up to the page that asks for a backup code. */
final class CodeFormClient {

    /** Where the form is. */
    static final String FORM = "form:has([name=backupCode])";

    private static final HttpClient CONNECTIONS = LoginClient.connections();

    private CodeFormClient() {}

    /** A person at a new browser. */
    static LoginClient newBrowser(TestRealm realm) {
        return realm.session(CONNECTIONS);
    }

    /** A person at a new browser who has given name and password and has chosen to type a backup code. */
    static LoginClient open(TestRealm realm, TestUser user) {
        LoginClient client = newBrowser(realm);
        client.signIn(user);
        client.choose(realm.backupCodeExecution());
        return client;
    }
}
