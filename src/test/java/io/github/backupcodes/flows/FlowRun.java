package io.github.backupcodes.flows;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.realm.HttpPage;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestUser;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One user on one way: what is asked, whether a code is taken, and what comes after it. */
final class FlowRun {

    private static final String ONE_FIELD = Selectors.OTP_FORM + " [data-code-length]";
    private static final String KEY = "#webauth";
    private static final String SMS_CODE = "[name=smsCode]";
    private static final String EMAIL_CODE = "#verification-code";
    private static final String CONSENT = "form[action*=consent]";

    private final FlowScenario scenario;
    private final TestUser user;
    private final LoginClient client;

    private FlowRun(FlowScenario scenario, TestUser user) {
        this.scenario = scenario;
        this.user = user;
        this.client = scenario.start().apply(user);
        passOthers();
    }

    /** Up to where the second factor is asked for. */
    static FlowRun start(FlowScenario scenario, TestUser user) {
        return new FlowRun(scenario, user);
    }

    /** What is asked for, and whether a code is taken in its place; goes to the end with the code if it is. */
    String outcome(String code) {
        String asked = asked();
        if (asked.isEmpty() || !toTheCodes()) {
            return asked.isEmpty() ? "not asked" : asked;
        }
        enter(code);
        client.continueSignIn();
        passOthers();
        return isThrough() ? asked.equals("code") ? asked : asked + " or code" : "no end: " + client.page();
    }

    /** Uses a code, and then sets a new authenticator app up instead of the only one. */
    String repair(String code) {
        if (!toTheCodes()) {
            return "–";
        }
        enter(code);
        String old = otps().get(0).path("id").asText();
        client.submit("form:has(#setUpApp)", Map.of("setUp", "CONFIGURE_TOTP", "removeOld", old));
        if (!client.page().has(Selectors.APP_SETUP_FORM) || otps().size() != 1) {
            return "removed too early: " + client.page();
        }
        client.setUpApp("new phone");
        List<JsonNode> left = otps();
        client.continueSignIn();
        passOthers();
        boolean replaced = left.size() == 1 && !left.get(0).path("id").asText().equals(old);
        return replaced && isThrough() ? "replaces the old one" : "no new app: " + client.page();
    }

    private String asked() {
        HttpPage page = client.page();
        if (isThrough()) {
            return "";
        }
        if (page.has(Selectors.OTP_FORM)) {
            return "OTP";
        }
        if (page.has(KEY)) {
            return "key";
        }
        if (page.has(SMS_CODE)) {
            return "SMS code";
        }
        if (page.has(EMAIL_CODE)) {
            return "e-mail code";
        }
        if (page.has(Selectors.CODE_FORM)) {
            return "code";
        }
        return page.has("#backup-code-lost") ? "shows who can help" : "something else: " + page;
    }

    /** Whether the page takes a code, or Keycloak's list of other ways leads to one that does. */
    private boolean toTheCodes() {
        if (client.page().has(ONE_FIELD) || client.page().has(Selectors.CODE_FORM)) {
            return true;
        }
        if (!client.page().has(Selectors.ANOTHER_WAY_FORM)) {
            return false;
        }
        client.tryAnotherWay();
        Optional<String> execution = client.page().document().select("li:has([name=authenticationExecution])").stream()
                .filter(choice -> choice.text().startsWith(Messages.of("backup-code-form-display-name")))
                .map(choice -> choice.select("[name=authenticationExecution]").attr("value"))
                .findFirst();
        execution.ifPresent(client::choose);
        return client.page().has(Selectors.CODE_FORM);
    }

    private void enter(String code) {
        if (client.page().has(ONE_FIELD)) {
            client.otp(code);
        } else {
            client.enterBackupCode(code);
        }
        passOthers();
        if (!client.isAfterUse()) {
            throw new AssertionError(scenario.name() + ": the code led to " + client.page()
                    + client.page().error());
        }
    }

    /** Goes past what Keycloak has to ask besides: the new password that this is all about, or a consent. */
    private void passOthers() {
        if (client.page().has(Selectors.NEW_PASSWORD_FORM)) {
            client.newPassword(user.password());
        }
        if (client.page().has(CONSENT)) {
            client.submit(CONSENT, Map.of("accept", "true"));
        }
    }

    private boolean isThrough() {
        return scenario.end().test(client);
    }

    private List<JsonNode> otps() {
        return user.admin().credentials("otp");
    }
}
