package io.github.backupcodes.support.realm;

import java.util.Map;

/**
 * A browser flow with step-up authentication: the password is level 1; an OTP or a backup code is level 2, asked for when a
 * client wants it.
 */
public final class StepUpFlow {

    private static final String TOP = "step-up";
    private static final String FORMS = "step-up forms";
    private static final String FIRST = "step-up level 1";
    private static final String SECOND = "step-up level 2";
    private static final String THIRD = "step-up level 3";

    private final RealmAdmin realm;

    private StepUpFlow(RealmAdmin realm) {
        this.realm = realm;
    }

    /** Makes the flow and binds it. */
    public static String bindIn(RealmAdmin realm) {
        return bindIn(realm, "auth-otp-form", BackupCodesNames.AUTHENTICATOR);
    }

    /**
     * Makes the flow with other ways at level 2 and binds it.
     *
     * @param secondFactors authenticators, alternatives to each other
     */
    public static String bindIn(RealmAdmin realm, String... secondFactors) {
        StepUpFlow flow = new StepUpFlow(realm);
        flow.password();
        String last = "";
        for (String secondFactor : secondFactors) {
            last = realm.addExecution(SECOND, secondFactor, "ALTERNATIVE");
        }
        realm.bindBrowserFlow(TOP);
        return last;
    }

    /** Makes a flow that has the OTP at a level of its own, above that of the codes, and binds it. */
    public static void bindWithOtpAboveTheCodes(RealmAdmin realm) {
        StepUpFlow flow = new StepUpFlow(realm);
        flow.password();
        realm.addExecution(SECOND, BackupCodesNames.AUTHENTICATOR, "REQUIRED");
        flow.addFlow(FORMS, THIRD, "CONDITIONAL");
        flow.level(THIRD, 3);
        realm.addExecution(THIRD, "auth-otp-form", "REQUIRED");
        realm.bindBrowserFlow(TOP);
    }

    /** Up to the second level, which is still empty. */
    private void password() {
        realm.post(
                "/authentication/flows",
                Map.of("alias", TOP, "providerId", "basic-flow", "topLevel", true, "builtIn", false));
        realm.addExecution(TOP, "auth-cookie", "ALTERNATIVE");
        addFlow(TOP, FORMS, "ALTERNATIVE");
        addFlow(FORMS, FIRST, "CONDITIONAL");
        level(FIRST, 1);
        realm.addExecution(FIRST, "auth-username-password-form", "REQUIRED");
        addFlow(FORMS, SECOND, "CONDITIONAL");
        level(SECOND, 2);
    }

    private void addFlow(String parent, String alias, String requirement) {
        realm.post(
                "/authentication/flows/" + parent.replace(" ", "%20") + "/executions/flow",
                Map.of("alias", alias, "type", "basic-flow", "provider", "registration-page-form"));
        realm.executions(TOP).stream()
                .filter(execution -> execution.path("displayName").asText().equals(alias))
                .forEach(execution ->
                        realm.requireExecution(TOP, execution.path("id").asText(), requirement));
    }

    private void level(String flow, int level) {
        String condition = realm.addExecution(flow, "conditional-level-of-authentication", "REQUIRED");
        realm.configureExecution(
                condition, Map.of("loa-condition-level", String.valueOf(level), "loa-max-age", "36000"));
    }
}
