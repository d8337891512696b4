package io.github.backupcodes.support.realm;

import java.util.Map;
import java.util.function.Consumer;

/**
 * A browser flow with step-up authentication: the password is level 1; an OTP or a backup code is level 2, asked for when a
 * client wants it.
 */
public final class StepUpFlow {

    /** The alias of the flow. */
    public static final String TOP = "step-up";

    private StepUpFlow() {}

    /** Binds a flow with a password at level 1, and an OTP or a backup code at level 2; returns the execution for codes. */
    public static String bindIn(RealmAdmin realm) {
        return bindIn(realm, "auth-otp-form", BackupCodesNames.AUTHENTICATOR);
    }

    /** The same with other second factors; returns the execution of the last one. */
    public static String bindIn(RealmAdmin realm, String... secondFactors) {
        bind(
                realm,
                forms -> forms.flow("level 2", "CONDITIONAL", second -> {
                    level(second, 2);
                    for (String secondFactor : secondFactors) {
                        second.execution(secondFactor, "ALTERNATIVE");
                    }
                }));
        return realm.execution(TOP, secondFactors[secondFactors.length - 1]);
    }

    /** Binds a flow with backup codes at level 2 and an OTP at level 3. */
    public static void bindWithOtpAboveTheCodes(RealmAdmin realm) {
        bindWithOtpAbove(realm, BackupCodesNames.AUTHENTICATOR);
    }

    /** Binds a flow with another second factor at level 2 and an OTP at level 3. */
    private static void bindWithOtpAbove(RealmAdmin realm, String secondFactor) {
        bind(realm, forms -> forms.flow(
                        "level 2", "CONDITIONAL", second -> level(second, 2).execution(secondFactor, "REQUIRED"))
                .flow("level 3", "CONDITIONAL", third -> level(third, 3).execution("auth-otp-form", "REQUIRED")));
    }

    /** The same; the password, the second factor and the OTP have references, which are in the tokens of the tests' client. */
    public static void bindWithOtpAbove(RealmAdmin realm, String secondFactor, String reference) {
        bindWithOtpAbove(realm, secondFactor);
        realm.nameMethod(TOP, "auth-username-password-form", "pwd");
        realm.nameMethod(TOP, secondFactor, reference);
        realm.nameMethod(TOP, "auth-otp-form", "otp");
        realm.nameMethodsInTokens(TestRealm.CLIENT);
    }

    private static void bind(RealmAdmin realm, Consumer<FlowBuilder> abovePassword) {
        FlowBuilder.in(realm, TOP).execution("auth-cookie", "ALTERNATIVE").flow("forms", "ALTERNATIVE", forms -> {
            forms.flow("level 1", "CONDITIONAL", first -> level(first, 1)
                    .execution("auth-username-password-form", "REQUIRED"));
            abovePassword.accept(forms);
        });
        realm.bindBrowserFlow(TOP);
    }

    private static FlowBuilder level(FlowBuilder flow, int level) {
        return flow.configured(
                "conditional-level-of-authentication",
                Map.of("loa-condition-level", String.valueOf(level), "loa-max-age", "36000"));
    }
}
