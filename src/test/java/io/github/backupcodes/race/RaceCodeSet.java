package io.github.backupcodes.race;

import io.github.backupcodes.code.Alphabet;
import io.github.backupcodes.code.Argon2id;
import io.github.backupcodes.code.BackupCode;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeGenerator;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.HashKeySource;
import io.github.backupcodes.code.HashScheme;
import io.github.backupcodes.code.Salt;
import io.github.backupcodes.credential.model.CodeSetJson;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.IssuedCodes;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A set whose codes the test knows, and codes that are none of it. */
final class RaceCodeSet {

    /** What new sets cost. */
    static final HashScheme USUAL = Argon2id.STRONG_CODES;

    /** The least that Argon2 allows: where the time goes elsewhere, more attempts meet. It is only for codes that need no slow hash. */
    static final HashScheme CHEAP = new Argon2id(8, 1, 1);

    private static final CodeFormat LONG = new CodeFormat(Alphabet.BASE32, 32);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<BackupCode> codes;
    private final List<BackupCode> others;
    private final CodeSet set;

    RaceCodeSet(int count, HashScheme scheme) {
        CodeFormat format = scheme.suits(CodeFormat.DEFAULT.bits()) ? CodeFormat.DEFAULT : LONG;
        List<BackupCode> drawn = new CodeGenerator(RANDOM).generate(format, 2 * count);
        codes = drawn.subList(0, count);
        others = drawn.subList(count, 2 * count);
        IssuedCodes.add(codes.stream().map(BackupCode::grouped).toList());
        set = CodeSet.of(codes, format, scheme, Salt.random(RANDOM), Instant.now(), HashKeySource.NONE);
    }

    String code(int number) {
        return codes.get(number).grouped();
    }

    /** Well-formed, but none of the set. */
    String wrong(int number) {
        return others.get(number).grouped();
    }

    /** As the admin REST takes it. */
    Map<String, Object> credential() {
        CodeSetJson json = CodeSetJson.write(set);
        return Map.of(
                "type",
                BackupCodesNames.CREDENTIAL,
                "credentialData",
                json.publicData(),
                "secretData",
                json.secretData());
    }
}
