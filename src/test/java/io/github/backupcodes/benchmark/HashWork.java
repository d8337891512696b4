package io.github.backupcodes.benchmark;

import io.github.backupcodes.code.Argon2id;
import io.github.backupcodes.code.AttemptLimit;
import io.github.backupcodes.code.BackupCode;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeGenerator;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.CodeUse;
import io.github.backupcodes.code.HashKeySource;
import io.github.backupcodes.code.ParsedCode;
import io.github.backupcodes.code.RedeemResult;
import io.github.backupcodes.code.Salt;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The work of hashing, for JMH: ours, the bare hash, and what two others do by their published schemes, written again here
 * (devise-two-factor: one bcrypt of cost 10 for each stored code; Nextcloud: one Argon2 for each stored code).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HashWork {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final CodeUse USE = new CodeUse(NOW, "192.0.2.1");
    private static final int BCRYPT_COST = 10;
    private static final int CODES = 10;

    private final SecureRandom random = new SecureRandom();
    private final Salt salt = Salt.random(random);
    private final List<BackupCode> codes = new CodeGenerator(random).generate(CodeFormat.DEFAULT, 50);
    private final String typed = codes.get(0).grouped();
    private final CodeSet fifty = set(codes);
    private final CodeSet one = set(codes.subList(0, 1));
    private final List<String> bcrypts = new ArrayList<>();
    private final List<Salt> salts = new ArrayList<>();
    private final List<byte[]> argons = new ArrayList<>();

    private CodeSet set(List<BackupCode> plain) {
        return CodeSet.of(plain, CodeFormat.DEFAULT, Argon2id.STRONG_CODES, salt, NOW, HashKeySource.NONE);
    }

    /** Stores ten codes as others do. */
    @Setup
    public void storeAsOthersDo() {
        for (BackupCode code : codes.subList(0, CODES)) {
            byte[] bytes = new byte[Salt.LENGTH];
            random.nextBytes(bytes);
            bcrypts.add(OpenBSDBCrypt.generate(code.symbols().toCharArray(), bytes, BCRYPT_COST));
            salts.add(new Salt(bytes));
            argons.add(argon2id(code, bytes));
        }
    }

    /** A good code typed, in a set of one. */
    @Benchmark
    public RedeemResult verifyOfOne() {
        return verify(one);
    }

    /** A good code typed, in a set of fifty. */
    @Benchmark
    public RedeemResult verifyOfFifty() {
        return verify(fifty);
    }

    /** Bouncy Castle's Argon2id alone. */
    @Benchmark
    public byte[] bareHash() {
        return argon2id(codes.get(0), salt.bytes());
    }

    /** A set of ten, as the server makes it. */
    @Benchmark
    public CodeSet makeTen() {
        return set(codes.subList(0, CODES));
    }

    /** Ten bare hashes, one after the other. */
    @Benchmark
    public List<byte[]> tenBareHashes() {
        return codes.subList(0, CODES).stream()
                .map(code -> argon2id(code, salt.bytes()))
                .toList();
    }

    /** bcrypt for each stored code, the typed one being the first. */
    @Benchmark
    public boolean bcryptEachFirst() {
        return bcrypt(codes.get(0));
    }

    /** bcrypt for each stored code, the typed one being the last. */
    @Benchmark
    public boolean bcryptEachLast() {
        return bcrypt(codes.get(CODES - 1));
    }

    /** Argon2id for each stored code, the typed one being the first. */
    @Benchmark
    public boolean argon2EachFirst() {
        return argon2(codes.get(0));
    }

    /** Argon2id for each stored code, the typed one being the last; a wrong one costs the same. */
    @Benchmark
    public boolean argon2EachLast() {
        return argon2(codes.get(CODES - 1));
    }

    private RedeemResult verify(CodeSet set) {
        BackupCode code = ((ParsedCode.WellFormed) set.format().parse(typed)).code();
        return set.redeem(set.hash(code, HashKeySource.NONE), USE, AttemptLimit.DEFAULT);
    }

    private boolean bcrypt(BackupCode code) {
        char[] password = code.symbols().toCharArray();
        return bcrypts.stream().anyMatch(stored -> OpenBSDBCrypt.checkPassword(stored, password));
    }

    private boolean argon2(BackupCode code) {
        for (int i = 0; i < argons.size(); i++) {
            if (MessageDigest.isEqual(argons.get(i), argon2id(code, salts.get(i).bytes()))) {
                return true;
            }
        }
        return false;
    }

    private static byte[] argon2id(BackupCode code, byte[] salt) {
        Argon2id cost = Argon2id.STRONG_CODES;
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.iterations())
                .withParallelism(cost.parallelism())
                .withSalt(salt)
                .build());
        byte[] hash = new byte[32];
        generator.generateBytes(code.symbols().getBytes(StandardCharsets.US_ASCII), hash);
        return hash;
    }
}
