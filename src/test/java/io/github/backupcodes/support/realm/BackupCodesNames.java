package io.github.backupcodes.support.realm;

/** The names that administrators and tools rely on, as text on purpose: a test notices when one changes. */
public final class BackupCodesNames {

    /** The type of the credential. */
    public static final String CREDENTIAL = "backup-codes";

    /** The authenticator of the browser flow. */
    public static final String AUTHENTICATOR = "backup-code-form";

    /** The authenticator that takes an OTP or a backup code in one field. */
    public static final String ONE_FIELD = "otp-or-backup-code-form";

    /** The required action that makes or renews a set. */
    public static final String ACTION = "CONFIGURE_BACKUP_CODES";

    /** The required action that turns login verification on. */
    public static final String VERIFICATION = "CONFIGURE_LOGIN_VERIFICATION";

    /** The field of the sign-in page. */
    public static final String FIELD = "backupCode";

    private BackupCodesNames() {}
}
