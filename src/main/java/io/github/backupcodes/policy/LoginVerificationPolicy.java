package io.github.backupcodes.policy;

import io.github.backupcodes.support.RequiredActions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;

/**
 * How patiently users are asked to turn login verification on, from the configuration of the required action.
 *
 * @param asksEverybody  whether everybody without a second factor is asked, not only those of whom it is required
 * @param skippableUntil the last day on which anybody can put it off; nothing for no such day
 * @param grace          for how long a user can put it off who was asked for the first time; zero for not at all
 * @param reminder       after how long a user who has put it off is asked again
 */
public record LoginVerificationPolicy(
        boolean asksEverybody, Optional<LocalDate> skippableUntil, Duration grace, Duration reminder) {

    /** The required action that turns login verification on; its configuration is this policy. */
    public static final String REQUIRED_ACTION = "CONFIGURE_LOGIN_VERIFICATION";

    /** The policy of a realm; what is not configured, or badly, has its default. */
    public static LoginVerificationPolicy of(RealmModel realm) {
        return of(RequiredActions.registered(realm, REQUIRED_ACTION)
                .map(RequiredActionProviderModel::getConfig)
                .orElseGet(Map::of));
    }

    /** The policy in a configuration. */
    static LoginVerificationPolicy of(Map<String, String> config) {
        return new LoginVerificationPolicy(
                LoginVerificationSettings.ASK_EVERYBODY.read(config),
                LoginVerificationSettings.SKIPPABLE_UNTIL.read(config),
                Duration.ofDays(LoginVerificationSettings.GRACE_DAYS.read(config)),
                Duration.ofDays(LoginVerificationSettings.REMINDER_DAYS.read(config)));
    }

    /**
     * Until when a user can put it off: the day that holds for everybody and the user's own time, whichever is later, so that
     * people who come after that day get their time as well.
     *
     * @param firstAsked when the user was asked for the first time
     * @param zone       where the days of the policy begin
     * @return the first moment at which it can be put off no more; nothing where it never could
     */
    public Optional<Instant> endOfGrace(Instant firstAsked, ZoneId zone) {
        return Stream.concat(
                        skippableUntil
                                .map(day -> day.plusDays(1).atStartOfDay(zone).toInstant())
                                .stream(),
                        grace.isZero() ? Stream.empty() : Stream.of(firstAsked.plus(grace)))
                .max(Instant::compareTo);
    }
}
