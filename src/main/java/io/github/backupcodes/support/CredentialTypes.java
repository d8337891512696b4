package io.github.backupcodes.support;

/** The credential types of this extension, as they are stored and as applications and administrators refer to them. */
public final class CredentialTypes {

    /** A set of backup codes. */
    public static final String BACKUP_CODES = "backup-codes";

    /** The temporary code that the help desk issues. */
    public static final String TEMPORARY_CODE = "backup-codes-temporary";

    /** Used codes and failed attempts of Keycloak recovery codes, stored beside Keycloak's credential. */
    public static final String RECOVERY_CODE_USAGE = "backup-codes-recovery";

    /** Codes that are sent by e-mail. */
    public static final String EMAIL_CODE = "email-code";

    /** Login verification in the account console. No credential of this type is stored. */
    public static final String LOGIN_VERIFICATION = "login-verification";

    private CredentialTypes() {}
}
