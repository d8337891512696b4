package io.github.backupcodes.sms;

import io.github.backupcodes.policy.SmsCodePolicy;
import io.github.backupcodes.sms.sender.SmsSenders;
import io.github.backupcodes.support.ConfiguredBaseUri;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What keeps codes by text message of a realm from working, for its administrators. */
public final class SmsSetupProblems {

    private final KeycloakSession session;
    private final RealmModel realm;

    /** Takes the realm, which is that of the session. */
    public SmsSetupProblems(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** The problems in sentences, each with what to do; without secrets. */
    public List<String> list() {
        List<String> problems = new ArrayList<>();
        SmsCodePolicy policy = SmsCodePolicy.of(realm);
        SmsSenders.problem(session, realm).ifPresent(problems::add);
        if (policy.countries().isEmpty()) {
            problems.add(
                    "No country is allowed, so nobody can set up a number: list the countries of your users in the setting"
                            + " countries.");
        }
        if (policy.verifiedEmailFirst() && realm.getSmtpConfig().get("host") == null) {
            problems.add("Users need a verified mail address to set up a number, and the realm has no mail server:"
                    + " configure one, or switch verified-email-first off.");
        }
        if (policy.webOtp() && ConfiguredBaseUri.of(session.getContext()).isEmpty()) {
            problems.add(
                    "The host name is not fixed, so messages do not end with the line that ties the code to this site:"
                            + " set hostname.");
        }
        return problems;
    }
}
