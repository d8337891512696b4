package io.github.backupcodes.policy;

import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.GuessLimit;
import java.time.Duration;
import java.util.Map;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.utils.RequiredActionHelper;

/**
 * What the administrator of a realm decided, from the configuration of the required action.
 *
 * @param codeCount    codes in a new set
 * @param format       how new codes look
 * @param lowThreshold from this many codes left on, the user is told to make new ones
 * @param guessLimit   how many wrong codes bring a pause
 * @param maxAuthAgeSeconds how old a sign-in may be that makes codes; Keycloak's own setting of the action
 */
public record Policy(int codeCount, CodeFormat format, int lowThreshold, GuessLimit guessLimit, int maxAuthAgeSeconds) {

    /** The required action that makes a set; its configuration is the policy. */
    public static final String REQUIRED_ACTION = "CONFIGURE_BACKUP_CODES";

    /** The policy of a realm; what is not configured, or badly, has its default. */
    public static Policy of(RealmModel realm) {
        RequiredActionProviderModel action = RequiredActionHelper.getRequiredActionByProviderId(realm, REQUIRED_ACTION);
        Map<String, String> config = action == null || action.getConfig() == null ? Map.of() : action.getConfig();
        return new Policy(
                Setting.CODE_COUNT.in(config),
                new CodeFormat(CodeFormat.DEFAULT.alphabet(), Setting.CODE_LENGTH.in(config)),
                Setting.LOW_THRESHOLD.in(config),
                new GuessLimit(Setting.MAX_FAILURES.in(config), Duration.ofMinutes(Setting.PAUSE_MINUTES.in(config))),
                Setting.MAX_AUTH_AGE.in(config));
    }
}
