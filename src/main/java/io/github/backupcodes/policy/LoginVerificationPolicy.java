package io.github.backupcodes.policy;

import io.github.backupcodes.code.FactorRank;
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
 * Value object: which users are asked to turn on login verification, how long they can postpone it, and what weaker factors are worth,
 * from the configuration of the required action.
 *
 * @param asksEverybody  whether all users without a second factor are asked, not only those who are required to turn it
 *     on
 * @param asksForStrong  whether users are asked as long as they have no strong factor
 * @param skippableUntil the last day on which any user can postpone it; empty for no such day
 * @param grace          for how long after being asked first a user can postpone it; zero for not at all
 * @param reminder       after how long a user who postponed it is asked again
 * @param weakerMakesCodes whether a sign-in by a weaker factor than the best that its user has brings codes and other factors
 * @param weakerBeside   whether a weaker factor is offered at sign-in beside a stronger one
 * @param restrictedTypes the ranks of the credential types that are not strong, without those of this extension
 * @param newFactor      how long a factor that was added after a weaker sign-in counts as that sign-in
 */
public record LoginVerificationPolicy(
        boolean asksEverybody,
        boolean asksForStrong,
        Optional<LocalDate> skippableUntil,
        Duration grace,
        Duration reminder,
        boolean weakerMakesCodes,
        boolean weakerBeside,
        Map<String, FactorRank> restrictedTypes,
        Duration newFactor) {

    /** Copies the map. */
    public LoginVerificationPolicy {
        restrictedTypes = Map.copyOf(restrictedTypes);
    }

    /** The required action that turns on login verification; its configuration is this policy. */
    public static final String REQUIRED_ACTION = "CONFIGURE_LOGIN_VERIFICATION";

    /** The policy of a realm; missing or invalid settings have their defaults. */
    public static LoginVerificationPolicy of(RealmModel realm) {
        return of(RequiredActions.registered(realm, REQUIRED_ACTION)
                .map(RequiredActionProviderModel::getConfig)
                .orElseGet(Map::of));
    }

    /** The policy in a configuration. */
    static LoginVerificationPolicy of(Map<String, String> config) {
        return new LoginVerificationPolicy(
                LoginVerificationSettings.ASK_EVERYBODY.read(config),
                LoginVerificationSettings.ASK_EVERYBODY_FOR.read(config) == RequestedFactorRank.STRONG,
                LoginVerificationSettings.SKIPPABLE_UNTIL.read(config),
                Duration.ofDays(LoginVerificationSettings.GRACE_DAYS.read(config)),
                Duration.ofDays(LoginVerificationSettings.REMINDER_DAYS.read(config)),
                LoginVerificationSettings.WEAKER_FACTORS_MAKE_CODES.read(config),
                LoginVerificationSettings.WEAKER_BESIDE_STRONGER.read(config),
                LoginVerificationSettings.RESTRICTED_TYPES.read(config),
                Duration.ofHours(LoginVerificationSettings.NEW_FACTOR_HOURS.read(config)));
    }

    /**
     * Until when a user can postpone it: the day that applies to all users or the user's own period, whichever is
     * later, so that users who join after that day get their period as well.
     *
     * @param firstAsked when the user was asked for the first time
     * @param zone       the time zone of the days of the policy
     * @return the first moment at which it cannot be postponed; empty if it never could
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
