package io.github.backupcodes.credential.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.backupcodes.code.FactorRank;
import io.github.backupcodes.code.HashKeyMissingException;
import io.github.backupcodes.code.HashKeySource;
import io.github.backupcodes.credential.verify.VerificationResult.Accepted;
import io.github.backupcodes.credential.verify.VerificationResult.Consequence;
import io.github.backupcodes.credential.verify.VerificationResult.Reason;
import io.github.backupcodes.credential.verify.VerificationResult.Refused;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Which candidates take an attempt, and what the result is for several of them. */
class CodeVerifierTest {

    @Test
    void the_candidate_that_has_the_code_takes_it_alone() {
        FakeCandidate without = FakeCandidate.open(false);
        FakeCandidate with = FakeCandidate.open(true);

        assertThat(selected(without, with)).containsExactly(with.hashed);
        assertThat(selected(with, without)).containsExactly(with.hashed);
    }

    @Test
    void a_code_that_none_has_counts_with_all_that_take_it() {
        FakeCandidate one = FakeCandidate.open(false);
        FakeCandidate other = FakeCandidate.open(false);

        assertThat(selected(one, other)).containsExactly(one.hashed, other.hashed);
    }

    @ParameterizedTest
    @EnumSource(names = {"PAUSED", "DISABLED"})
    void a_locked_out_candidate_does_not_show_that_it_has_the_code(Reason lockout) {
        FakeCandidate open = FakeCandidate.open(false);

        assertThat(selected(FakeCandidate.refusing(lockout, true), open)).containsExactly(open.hashed);
    }

    @Test
    void an_expired_candidate_is_named_for_its_code_and_counts_nothing_else() {
        FakeCandidate open = FakeCandidate.open(false);
        FakeCandidate expired = FakeCandidate.refusing(Reason.EXPIRED, true);

        assertThat(selected(open, expired)).containsExactly(expired.hashed);
        assertThat(selected(open, FakeCandidate.refusing(Reason.EXPIRED, false)))
                .containsExactly(open.hashed);
    }

    @Test
    void a_missing_key_does_not_keep_the_others_from_counting() {
        FakeCandidate open = FakeCandidate.open(false);
        FakeCandidate withoutKey = new FakeCandidate(null, null);

        assertThat(selected(withoutKey, open)).containsExactly(open.hashed);
        assertThatThrownBy(() -> selected(withoutKey)).isInstanceOf(HashKeyMissingException.class);
    }

    @Test
    void the_last_one_decides_on_the_result() {
        assertThat(result(
                        refused(Reason.WRONG, Consequence.PAUSED), new Accepted(3, "backup-codes", FactorRank.STRONG)))
                .contains(new Accepted(3, "backup-codes", FactorRank.STRONG));
        assertThat(result(refused(Reason.WRONG, Consequence.PAUSED), refused(Reason.NONE_LEFT, Consequence.NONE)))
                .contains(refused(Reason.NONE_LEFT, Consequence.NONE));
        assertThat(result()).isEmpty();
    }

    @Test
    void of_wrong_ones_the_worst_consequence_counts() {
        Refused pausing = refused(Reason.WRONG, Consequence.PAUSED);
        Refused disabling = refused(Reason.WRONG, Consequence.DISABLED);

        assertThat(result(pausing, refused(Reason.WRONG, Consequence.NONE))).contains(pausing);
        assertThat(result(pausing, disabling)).contains(disabling);
        assertThat(result(refused(Reason.UNREADABLE, Consequence.NONE), pausing))
                .contains(pausing);
    }

    @ParameterizedTest
    @EnumSource
    void a_refusal_is_evaluated_if_and_only_if_it_is_counted(Reason reason) {
        assertThat(Refused.because(reason).isEvaluated()).isEqualTo(reason.isCounted());
        assertThat(Refused.because(reason).is(reason)).isTrue();
    }

    private static List<CodeCandidate.Hashed> selected(CodeCandidate... candidates) {
        return CodeVerifier.selectCandidates(List.of(candidates), HashKeySource.NONE);
    }

    private static Optional<VerificationResult> result(VerificationResult... ofRows) {
        return CodeVerifier.merge(List.of(ofRows));
    }

    private static Refused refused(Reason reason, Consequence consequence) {
        return Refused.because(reason, consequence);
    }

    private static final class FakeHashed implements CodeCandidate.Hashed {

        private final boolean known;

        private FakeHashed(boolean known) {
            this.known = known;
        }

        @Override
        public boolean isKnown() {
            return known;
        }

        @Override
        public Optional<CodeCandidate.Locked> lock(KeycloakSession session, UserModel user) {
            return Optional.empty();
        }
    }

    /**
     * A candidate of a matching format.
     *
     * @param reason why it takes no attempt; null if it takes one
     * @param hashed the hash of the code; null if its key is missing
     */
    private record FakeCandidate(
            @Nullable Reason reason, @Nullable FakeHashed hashed) implements CodeCandidate {

        static FakeCandidate open(boolean known) {
            return new FakeCandidate(null, new FakeHashed(known));
        }

        static FakeCandidate refusing(Reason reason, boolean known) {
            return new FakeCandidate(reason, new FakeHashed(known));
        }

        @Override
        public boolean matchesFormat() {
            return true;
        }

        @Override
        public Optional<Refused> refusal() {
            return Optional.ofNullable(reason).map(Refused::because);
        }

        @Override
        public boolean needsSlowHash() {
            return true;
        }

        @Override
        public Hashed hash(HashKeySource keys) {
            if (hashed == null) {
                throw new HashKeyMissingException("gone");
            }
            return hashed;
        }
    }
}
