package io.github.backupcodes.notification;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.backupcodes.code.FactorRank;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.actiontoken.DefaultActionToken;
import org.keycloak.models.UserModel;

/**
 * The token in the link with which users report "it was not me". Public, with a constructor for Jackson, which reads
 * it.
 */
public final class NotMeActionToken extends DefaultActionToken {

    /** The type of the token, by which Keycloak finds its handler. */
    public static final String TYPE = "backup-codes-not-me";

    private static final long serialVersionUID = 1L;

    /** How long an expired link is still explained. */
    private static final Duration EXPLAINED = Duration.ofDays(30);

    @JsonProperty("backup_codes_since")
    private @Nullable Long since;

    @JsonProperty("backup_codes_beside")
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<String> beside = List.of();

    @JsonProperty("backup_codes_guarded")
    private boolean guarded;

    @JsonProperty("backup_codes_rank")
    private @Nullable String rank;

    @JsonProperty("backup_codes_until")
    private @Nullable Long until;

    /** For Jackson. */
    public NotMeActionToken() {}

    /**
     * Creates a token for a user and the address that the mail goes to.
     *
     * @param rank  of the best second factor that the user had before the mail
     * @param until when the link expires. The token itself expires later: until then the page, and not an error of Keycloak's,
     *     says that the link has expired, and what to do
     */
    NotMeActionToken(UserModel user, MailJob job, FactorRank rank, Instant until) {
        super(user.getId(), TYPE, (int) until.plus(EXPLAINED).getEpochSecond(), null);
        this.until = until.getEpochSecond();
        setEmail(user.getEmail());
        this.since = job.since().toEpochMilli();
        this.beside = List.copyOf(job.beside());
        this.guarded = job.concernsSecondFactor();
        this.rank = rank.storedValue();
    }

    /**
     * Whether a sign-in required more than the password when the mail was composed, whatever is left of that by now.
     */
    public boolean wasGuarded() {
        return guarded;
    }

    /** The rank of the best second factor that the user had before the mail; none in a token of an earlier version. */
    public FactorRank rank() {
        String stored = rank;
        return stored == null ? FactorRank.NONE : FactorRank.ofStored(stored).orElse(FactorRank.NONE);
    }

    /** The ids of credentials that are older than that, but were created by the same person in the same sign-in. */
    public Set<String> beside() {
        return Set.copyOf(beside);
    }

    /** When the link expires. */
    public Instant until() {
        Long seconds = until;
        return Instant.ofEpochSecond(seconds == null ? getExp() : seconds);
    }

    /**
     * Since when the user may not know what happened; for a token of an earlier version, the time at which it was
     * issued.
     */
    public Instant since() {
        Long millis = since;
        return millis == null ? Instant.ofEpochSecond(getIat()) : Instant.ofEpochMilli(millis);
    }
}
