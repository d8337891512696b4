package io.github.backupcodes.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class CodeSetPropertyTest {

    @Property(tries = 50)
    void each_code_is_redeemed_exactly_once_in_any_order(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 16) int count, @ForAll Random random) {
        List<BackupCode> codes = new CodeGenerator(SeededRandom.of(seed)).generate(CodeFormat.DEFAULT, count);
        CodeSet set = RandomCodes.set(codes);
        List<BackupCode> order = new ArrayList<>(codes);
        Collections.shuffle(order, random);

        for (int turn = 0; turn < count; turn++) {
            CodeHash hash = set.hash(order.get(turn), HashKeySource.NONE);
            RedeemResult result = set.redeem(hash, RandomCodes.use(turn), AttemptLimit.DEFAULT);

            assertThat(result).extracting(RedeemResult::outcome).isEqualTo(RedeemResult.Outcome.ACCEPTED);
            set = RandomCodes.after(RedeemResult.Outcome.ACCEPTED, result);
            assertThat(set.remaining()).isEqualTo(count - turn - 1);
            assertThat(set.redeem(hash, RandomCodes.use(99), AttemptLimit.DEFAULT))
                    .extracting(RedeemResult::outcome)
                    .isEqualTo(RedeemResult.Outcome.ALREADY_USED);
        }

        for (int turn = 0; turn < count; turn++) {
            assertThat(set.redeem(
                            set.hash(order.get(turn), HashKeySource.NONE), RandomCodes.use(99), AttemptLimit.DEFAULT))
                    .extracting(RedeemResult::outcome)
                    .isEqualTo(RedeemResult.Outcome.ALREADY_USED);
        }
    }
}
