package io.github.backupcodes.support;

import java.util.Set;

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

    /** Codes that are sent by text message. */
    public static final String SMS_CODE = "sms-code";

    /** The types whose codes are sent. */
    public static final Set<String> SENT_CODES = Set.of(EMAIL_CODE, SMS_CODE);

    /** The factors that were added after a weaker sign-in than their user could have made. */
    public static final String NEW_FACTORS = "backup-codes-new-factors";

    /** Login verification in the account console. No credential of this type is stored. */
    public static final String LOGIN_VERIFICATION = "login-verification";

    private CredentialTypes() {}
}
