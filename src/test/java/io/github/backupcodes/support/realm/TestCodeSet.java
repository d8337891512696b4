package io.github.backupcodes.support.realm;

import io.github.backupcodes.code.Alphabet;
import io.github.backupcodes.code.Argon2id;
import io.github.backupcodes.code.BackupCode;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeGenerator;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.CodeUse;
import io.github.backupcodes.code.FailedAttempts;
import io.github.backupcodes.code.HashKeySource;
import io.github.backupcodes.code.HashScheme;
import io.github.backupcodes.code.Salt;
import io.github.backupcodes.code.StoredCode;
import io.github.backupcodes.credential.model.CodeSetJson;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Backup codes that a user is created with, in any state that a set can be in. Immutable. */
public final class TestCodeSet {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final CodeFormat LONG = new CodeFormat(Alphabet.BASE32, 32);

    private final List<String> shown;
    private final CodeSet set;

    private TestCodeSet(List<String> shown, CodeSet set) {
        this.shown = shown;
        this.set = set;
    }

    /** New codes of the usual form. */
    public static TestCodeSet of(int count) {
        return of(count, CodeFormat.DEFAULT);
    }

    /**
     * New codes.
     *
     * @return the codes, all unused
     */
    public static TestCodeSet of(int count, CodeFormat format) {
        return of(count, format, HashScheme.forSet(format, count), HashKeySource.NONE);
    }

    /**
     * New codes.
     *
     * @param keys   has the key of the scheme, if it has one
     * @return the codes, all unused
     */
    public static TestCodeSet of(int count, CodeFormat format, HashScheme scheme, HashKeySource keys) {
        List<BackupCode> plain = new CodeGenerator(RANDOM).generate(format, count);
        CodeSet set = CodeSet.of(plain, format, scheme, Salt.random(RANDOM), Instant.now(), keys);
        List<String> shown = plain.stream().map(BackupCode::grouped).toList();
        IssuedCodes.add(shown);
        return new TestCodeSet(shown, set);
    }

    /** A code with the right form that belongs to no one. */
    public static String wrong() {
        return codeOf(CodeFormat.DEFAULT);
    }

    /** A set of long codes, whose hashes cost next to nothing. */
    public static TestCodeSet cheap(int count) {
        return of(count, LONG, new Argon2id(8, 1, 1), HashKeySource.NONE);
    }

    /** A code of the format of this set that is not in it. */
    public String wrongCode() {
        return codeOf(set.format());
    }

    private static String codeOf(CodeFormat format) {
        return new CodeGenerator(RANDOM).generate(format, 1).get(0).grouped();
    }

    /** One of the codes. */
    public String code(int position) {
        return shown.get(position);
    }

    /** The same codes, one of them used. */
    public TestCodeSet used(int position) {
        List<StoredCode> codes = new ArrayList<>(set.codes());
        codes.set(position, new StoredCode(codes.get(position).hash(), new CodeUse(Instant.now(), "192.0.2.1")));
        return with(codes, set.failedAttempts());
    }

    /** The same codes after wrong ones were tried. */
    public TestCodeSet guessed(int inARow, @Nullable Instant pausedUntil) {
        return with(set.codes(), new FailedAttempts(inARow, 0, pausedUntil));
    }

    /** The same codes, made after others. */
    public TestCodeSet replacing(TestCodeSet older) {
        return new TestCodeSet(shown, set.replacing(older.set));
    }

    /** The same codes with an end to their life. */
    public TestCodeSet expiringAt(Instant end) {
        return new TestCodeSet(shown, set.expiringAt(end));
    }

    /** The same codes, made at another time. */
    public TestCodeSet madeAt(Instant made) {
        return new TestCodeSet(
                shown,
                new CodeSet(
                        set.format(),
                        set.scheme(),
                        set.salt(),
                        made,
                        set.expiresAt(),
                        set.codes(),
                        set.failedAttempts(),
                        set.replaced()));
    }

    /**
     * The credential.
     *
     * @return as Keycloak's {@code CredentialRepresentation}
     */
    public Map<String, Object> credential() {
        CodeSetJson json = CodeSetJson.write(set);
        return Map.of(
                "type",
                BackupCodesNames.CREDENTIAL,
                "createdDate",
                set.createdAt().toEpochMilli(),
                "credentialData",
                json.publicData(),
                "secretData",
                json.secretData());
    }

    private TestCodeSet with(List<StoredCode> codes, FailedAttempts guesses) {
        return new TestCodeSet(
                shown,
                new CodeSet(
                        set.format(),
                        set.scheme(),
                        set.salt(),
                        set.createdAt(),
                        set.expiresAt(),
                        codes,
                        guesses,
                        set.replaced()));
    }
}
