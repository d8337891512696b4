package io.github.backupcodes.support.realm;

/** Selectors of forms and pages of the login. */
public final class Selectors {

    /** Keycloak's form of name and password. */
    public static final String PASSWORD_FORM = "#kc-form-login";

    /** Keycloak's form of an OTP, and the one field for an OTP or a backup code. */
    public static final String OTP_FORM = "#kc-otp-login-form";

    /** Keycloak's button to another way to sign in. */
    public static final String ANOTHER_WAY_FORM = "#kc-select-try-another-way-form";

    /** Keycloak's form that sets up an authenticator app. */
    public static final String APP_SETUP_FORM = "#kc-totp-settings-form";

    /** Keycloak's form of a new password. */
    public static final String NEW_PASSWORD_FORM = "#kc-passwd-update-form";

    /** The form of a backup code. */
    public static final String CODE_FORM = "form:has([name=" + BackupCodesNames.FIELD + "])";

    /** The form of a new set. */
    public static final String NEW_CODES_FORM = "form:has([name=codesSaved])";

    /** The page of a new set. */
    public static final String NEW_CODES_PAGE = "#backup-codes-form";

    /** The page that follows a good backup code. */
    public static final String CODE_USED_PAGE = "#backup-code-used";

    /** The page that asks to generate backup codes. */
    public static final String PROMPT_PAGE = "#backup-codes-invitation";

    /** The title of a page. */
    public static final String TITLE = "#kc-page-title";

    private Selectors() {}
}
