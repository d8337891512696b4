package io.github.backupcodes.credential.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.code.Alphabet;
import io.github.backupcodes.code.Argon2id;
import io.github.backupcodes.code.AttemptLimit;
import io.github.backupcodes.code.BackupCode;
import io.github.backupcodes.code.CodeFormat;
import io.github.backupcodes.code.CodeGenerator;
import io.github.backupcodes.code.CodeHash;
import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.CodeUse;
import io.github.backupcodes.code.FactorRank;
import io.github.backupcodes.code.FailedAttempts;
import io.github.backupcodes.code.HashKey;
import io.github.backupcodes.code.HashKeySource;
import io.github.backupcodes.code.HashScheme;
import io.github.backupcodes.code.KeyedHash;
import io.github.backupcodes.code.Pbkdf2;
import io.github.backupcodes.code.RedeemResult;
import io.github.backupcodes.code.ReplacedCodes;
import io.github.backupcodes.code.Salt;
import io.github.backupcodes.code.StoredCode;
import io.github.backupcodes.support.Json;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CodeSetJsonTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final CodeUse USE = new CodeUse(NOON, "192.0.2.1");
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final CodeFormat LONG = new CodeFormat(Alphabet.BASE32, 24);
    private static final Salt SALT = Salt.random(RANDOM);

    private final List<BackupCode> codes = new CodeGenerator(RANDOM).generate(CodeFormat.DEFAULT, 3);
    private final CodeSet set = set(Argon2id.STRONG_CODES);

    @Test
    void a_new_set_is_read_as_it_was_written() {
        assertThat(CodeSetJson.write(set).read()).isEqualTo(set);
    }

    @Test
    void a_set_under_pbkdf2_is_read_as_it_was_written() {
        CodeSet pbkdf2 = set(Pbkdf2.DEFAULT);
        assertThat(CodeSetJson.write(pbkdf2).read()).isEqualTo(pbkdf2);
    }

    @Test
    void a_set_with_a_key_is_read_as_it_was_written_and_older_versions_know_that_they_cannot() {
        byte[] key = new byte[HashKey.MIN_LENGTH];
        for (HashScheme scheme : List.of(
                new KeyedHash("k1", null),
                new KeyedHash("k1", new Argon2id(8, 1, 1)),
                new KeyedHash("k1", new Pbkdf2(1)))) {
            CodeSet keyed = CodeSet.of(codes, LONG, scheme, SALT, NOON, id -> new HashKey(key));
            assertThat(CodeSetJson.write(keyed).read()).isEqualTo(keyed);
            // one that took it for a set without key would count good codes as wrong
            assertThat(CodeSetJson.write(keyed).publicData())
                    .contains("\"name\":\"hmac-sha256")
                    .contains("\"key\":\"k1\"");
        }
        assertThat(CodeSetJson.write(set).publicData()).doesNotContain("key");
    }

    /** OWASP ASVS 5.0, 6.5.2: an attacker with the key would try all of them in no time. */
    @Test
    void the_key_alone_is_no_hash_for_codes_of_fewer_than_112_bits_wherever_they_come_from() {
        CodeFormat shorter = new CodeFormat(Alphabet.BASE32, 23);
        byte[] key = new byte[HashKey.MIN_LENGTH];
        CodeSetJson alone = CodeSetJson.write(
                CodeSet.of(codes, shorter, new KeyedHash("k1", null), SALT, NOON, id -> new HashKey(key)));
        assertThatThrownBy(alone::read)
                .isInstanceOf(UnreadableCodeSetException.class)
                .hasMessageContaining(
                        "credentialData.scheme: the cost of hmac-sha256 is too low for codes of 110.0 bits");
    }

    /** Rows that older versions read, and what tools look for in them, stay as they were before there were keys. */
    @Test
    void a_set_without_a_key_is_written_to_the_letter_as_before_there_were_keys() {
        StoredCode unused = StoredCode.unused(new CodeHash(new byte[CodeHash.LENGTH]));
        CodeSet plain = new CodeSet(
                CodeFormat.DEFAULT,
                Argon2id.STRONG_CODES,
                new Salt(new byte[Salt.LENGTH]),
                NOON,
                null,
                List.of(unused, new StoredCode(unused.hash(), USE)),
                FailedAttempts.NONE,
                new ReplacedCodes(
                        CodeFormat.SHORT, Pbkdf2.DEFAULT, new Salt(new byte[Salt.LENGTH]), List.of(unused.hash())));

        CodeSetJson json = CodeSetJson.write(plain);

        assertThat(json.publicData())
                .isEqualTo("{\"version\":1,\"createdAt\":\"2026-11-22T12:00:00Z\","
                        + "\"format\":{\"alphabet\":\"base32\",\"length\":15},"
                        + "\"scheme\":{\"name\":\"argon2id\",\"iterations\":1,\"memoryKib\":7168,\"parallelism\":1},"
                        + "\"total\":2,\"uses\":[{\"code\":1,\"at\":\"2026-11-22T12:00:00Z\",\"address\":\"192.0.2.1\","
                        + "\"number\":2}]}");
        assertThat(json.secretData())
                .isEqualTo("{\"version\":1,\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA==\","
                        + "\"hashes\":[\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\","
                        + "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"],"
                        + "\"replaced\":{\"format\":{\"alphabet\":\"digits\",\"length\":8},"
                        + "\"scheme\":{\"name\":\"pbkdf2-sha512\",\"iterations\":210000},"
                        + "\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA==\","
                        + "\"hashes\":[\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"]}}");
    }

    /** Earlier versions wrote none, when all sets were made by strong factors. */
    @Test
    void the_rank_is_written_if_it_is_not_the_highest_and_an_unknown_one_is_the_lowest() {
        assertThat(CodeSetJson.write(set).publicData()).doesNotContain("rank");
        CodeSet restricted = set.ranked(FactorRank.RESTRICTED);
        CodeSetJson json = CodeSetJson.write(restricted);
        assertThat(json.read()).isEqualTo(restricted);
        CodeSetJson later = new CodeSetJson(json.publicData().replace("restricted", "superb"), json.secretData());
        assertThat(later.read().rank()).isEqualTo(FactorRank.WEAK);
        assertThat(set.ranked(FactorRank.WEAK)
                        .expiringAt(NOON)
                        .replacing(set)
                        .reminded(NOON)
                        .rank())
                .isEqualTo(FactorRank.WEAK);
    }

    @Test
    void digits_are_read_as_they_were_written() {
        CodeFormat digits = new CodeFormat(Alphabet.DIGITS, 8);
        CodeSet numbers = CodeSet.of(
                new CodeGenerator(RANDOM).generate(digits, 2),
                digits,
                Argon2id.WEAK_CODES,
                Salt.random(RANDOM),
                NOON,
                HashKeySource.NONE);
        assertThat(CodeSetJson.write(numbers).read()).isEqualTo(numbers);
    }

    @Test
    void uses_and_wrong_codes_and_the_pause_and_the_replaced_set_are_kept() {
        CodeSet used = after(
                RedeemResult.Outcome.ACCEPTED,
                set.redeem(set.hash(codes.get(1), HashKeySource.NONE), USE, AttemptLimit.DEFAULT));
        CodeSet guessed = used.replacing(set);
        for (int i = 0; i < AttemptLimit.DEFAULT.failures(); i++) {
            guessed = after(
                    RedeemResult.Outcome.UNKNOWN,
                    guessed.redeem(new CodeHash(new byte[CodeHash.LENGTH]), USE, AttemptLimit.DEFAULT));
        }

        CodeSet read = CodeSetJson.write(guessed).read();

        assertThat(read).isEqualTo(guessed);
        assertThat(read.remaining()).isEqualTo(2);
        assertThat(read.refusal(NOON)).isPresent();
    }

    @Test
    void replays_are_kept_and_before_the_first_one_nothing_is_written() {
        CodeSet guessed = after(
                RedeemResult.Outcome.UNKNOWN,
                set.redeem(new CodeHash(new byte[CodeHash.LENGTH]), USE, AttemptLimit.DEFAULT));
        CodeSet replayed = after(RedeemResult.Outcome.REPLACED, guessed.refuseReplaced(NOON, AttemptLimit.DEFAULT));

        assertThat(CodeSetJson.write(guessed).publicData()).contains("\"guesses\":{\"inARow\":1}");
        assertThat(CodeSetJson.write(replayed).publicData()).contains("\"guesses\":{\"inARow\":1,\"replays\":1}");
        assertThat(CodeSetJson.write(replayed).read()).isEqualTo(replayed);
    }

    @Test
    void the_end_is_kept_and_without_one_nothing_is_written() {
        CodeSet ending = set.expiringAt(NOON.plusSeconds(60));

        assertThat(CodeSetJson.write(ending).read()).isEqualTo(ending);
        assertThat(CodeSetJson.write(set).publicData()).doesNotContain("expiresAt");
    }

    @Test
    void that_the_user_was_reminded_is_kept_and_before_that_nothing_is_written() {
        CodeSet reminded = set.expiringAt(NOON.plusSeconds(60)).reminded(NOON.plusSeconds(50));

        assertThat(CodeSetJson.write(reminded).read()).isEqualTo(reminded);
        assertThat(CodeSetJson.write(set).publicData()).doesNotContain("remindedAt");
    }

    @Test
    void fields_of_a_later_version_are_passed_over() {
        CodeSetJson json = CodeSetJson.write(set);
        CodeSetJson later = new CodeSetJson(
                json.publicData().replaceFirst("\\{", "{\"colour\":{\"of\":\"paper\"},"),
                json.secretData().replaceFirst("\\{", "{\"shape\":[1],"));
        assertThat(later.read()).isEqualTo(set);
    }

    @Test
    void fields_of_a_later_version_outlive_what_this_one_writes() {
        CodeSet used = after(
                RedeemResult.Outcome.ACCEPTED,
                set.redeem(set.hash(codes.get(1), HashKeySource.NONE), USE, AttemptLimit.DEFAULT));
        CodeSet before = after(
                RedeemResult.Outcome.UNKNOWN,
                used.replacing(set).redeem(new CodeHash(new byte[CodeHash.LENGTH]), USE, AttemptLimit.DEFAULT));
        CodeSetJson json = CodeSetJson.write(before);
        // an object of each kind, and one within none of ours
        CodeSetJson later = new CodeSetJson(
                json.publicData().replace("{", "{\"later\":{\"of\":[1]},"),
                json.secretData().replace("{", "{\"later\":{\"of\":[2]},"));
        CodeSet after = after(
                RedeemResult.Outcome.ACCEPTED,
                later.read().redeem(set.hash(codes.get(0), HashKeySource.NONE), USE, AttemptLimit.DEFAULT));

        CodeSetJson written = CodeSetJson.write(after).keeping(later);

        assertThat(written.read()).isEqualTo(after);
        JsonNode open = Json.read(written.publicData());
        JsonNode secret = Json.read(written.secretData());
        JsonNode kept = Json.read("{\"of\":[1]}");
        assertThat(open.path("later")).isEqualTo(kept);
        assertThat(open.at("/format/later")).isEqualTo(kept);
        assertThat(open.at("/scheme/later")).isEqualTo(kept);
        assertThat(open.at("/uses/0/code").asInt()).isZero();
        assertThat(open.at("/uses/0").has("later")).as("a use of now").isFalse();
        assertThat(open.at("/uses/1/later")).isEqualTo(kept);
        assertThat(open.has("guesses")).as("forgiven").isFalse();
        assertThat(secret.at("/later/of/0").asInt()).isEqualTo(2);
        assertThat(secret.at("/replaced/later/of/0").asInt()).isEqualTo(2);
        assertThat(secret.at("/replaced/scheme/later/of/0").asInt()).isEqualTo(2);
    }

    @Test
    void what_is_no_object_has_no_later_fields() {
        CodeSetJson json = CodeSetJson.write(set);
        assertThat(json.keeping(new CodeSetJson("", "[]"))).isEqualTo(json);
        assertThat(json.keeping(new CodeSetJson("null", "no JSON"))).isEqualTo(json);
        // as of a credential that came without its secrets
        assertThat(UnknownJsonFields.mergeUnknownFields(CodeSetSecretData.class, null, json.secretData()))
                .isEqualTo(json.secretData());
    }

    @Test
    void what_cannot_be_read_is_refused_without_being_quoted() {
        CodeSetJson json = CodeSetJson.write(set);
        String secret = json.secretData();
        assertThat(List.of(
                        new CodeSetJson("", ""),
                        new CodeSetJson("{}", secret),
                        new CodeSetJson("not JSON SECRETWORD", secret),
                        new CodeSetJson(json.publicData(), "{\"version\":1,\"salt\":\"SECRETWORD\",\"hashes\":[]}"),
                        new CodeSetJson(json.publicData().replace("\"version\":1", "\"version\":2"), secret),
                        new CodeSetJson(json.publicData(), secret.replace("\"version\":1", "\"version\":99")),
                        new CodeSetJson(json.publicData().replace("argon2id", "md5"), secret),
                        new CodeSetJson(json.publicData().replace("argon2id", "\\nSECRETWORD"), secret),
                        new CodeSetJson(json.publicData().replace("argon2id", "hmac-sha256+argon2id"), secret),
                        new CodeSetJson(json.publicData().replace("\"memoryKib\":7168,", ""), secret)))
                .allSatisfy(unreadable -> assertThatThrownBy(unreadable::read)
                        .isInstanceOf(UnreadableCodeSetException.class)
                        .hasMessageContaining("generate new ones")
                        .hasMessageNotContaining("SECRETWORD")
                        .hasNoCause());
    }

    /** A user who imports sets that another tool made has to find what is wrong with them. */
    @Test
    void the_field_at_fault_is_named() {
        CodeSetJson json = CodeSetJson.write(set);
        String open = json.publicData();
        String secret = json.secretData();
        Map<CodeSetJson, String> faults = new LinkedHashMap<>();
        faults.put(new CodeSetJson("", secret), "(credentialData is");
        faults.put(new CodeSetJson("null", secret), "(credentialData is");
        faults.put(new CodeSetJson(open, "[]"), "(secretData is");
        faults.put(new CodeSetJson(open.replace("base32", "base99"), secret), "(credentialData.format is");
        faults.put(new CodeSetJson(open.replace("\"format\"", "\"fromat\""), secret), "(credentialData.format is");
        faults.put(
                new CodeSetJson(open.replace("\"length\":15", "\"length\":\"many\""), secret),
                "(credentialData.format.length is");
        faults.put(new CodeSetJson(open.replace("\"scheme\"", "\"shceme\""), secret), "(credentialData.scheme is");
        faults.put(new CodeSetJson(open.replace("2026-11-22", "22.11.2026"), secret), "(credentialData.createdAt is");
        faults.put(new CodeSetJson(open.replace("\"uses\":[]", "\"uses\":null"), secret), "(credentialData.uses is");
        faults.put(
                new CodeSetJson(
                        open.replace(
                                "\"uses\":[]",
                                "\"uses\":[{\"code\":10,\"at\":\"2026-11-22T12:00:00Z\",\"address\":\"192.0.2.1\"}]"),
                        secret),
                "(credentialData.uses is");
        faults.put(new CodeSetJson(open, secret.replace("\"salt\"", "\"slat\"")), "(secretData.salt is");
        faults.put(new CodeSetJson(open, secret.replace("\"salt\":\"", "\"salt\":\"?")), "(secretData.salt is");
        faults.put(
                new CodeSetJson(open, secret.replace("\"hashes\":[\"", "\"hashes\":[\"AA")), "(secretData.hashes is");
        assertThat(faults.keySet()).doesNotContain(json);
        faults.forEach((wrong, told) -> assertThatThrownBy(wrong::read)
                .isInstanceOf(UnreadableCodeSetException.class)
                .hasMessageContaining(told));
    }

    /** A user who may write users shall not take the server's time, its memory, or the end from a set. */
    @Test
    void what_is_beyond_the_bounds_is_refused_by_the_name_of_its_field() {
        CodeSetJson json = CodeSetJson.write(set);
        String open = json.publicData();
        String secret = json.secretData();
        String hash = Json.read(secret).at("/hashes/0").toString();
        Map<CodeSetJson, String> faults = new LinkedHashMap<>();
        for (String cost : List.of(
                "\"iterations\":100,\"memoryKib\":65536,\"parallelism\":1",
                "\"iterations\":11,\"memoryKib\":7168,\"parallelism\":1",
                "\"iterations\":1,\"memoryKib\":71681,\"parallelism\":1",
                "\"iterations\":2147483647,\"memoryKib\":2147483647,\"parallelism\":1",
                "\"iterations\":1,\"memoryKib\":7168,\"parallelism\":5",
                "\"iterations\":1,\"memoryKib\":7167,\"parallelism\":1",
                "\"iterations\":-1,\"memoryKib\":-7168,\"parallelism\":1")) {
            faults.put(
                    new CodeSetJson(
                            open.replace("\"iterations\":1,\"memoryKib\":7168,\"parallelism\":1", cost), secret),
                    "(credentialData.scheme");
        }
        String pbkdf2 = CodeSetJson.write(set(Pbkdf2.DEFAULT)).publicData();
        for (String rounds : List.of("10000000", "420001", "209999", "0")) {
            faults.put(new CodeSetJson(pbkdf2.replace("210000", rounds), secret), "(credentialData.scheme");
        }
        faults.put(new CodeSetJson(open.replace("\"total\":3", "\"total\":4"), secret), "(credentialData.total is");
        faults.put(new CodeSetJson(open.replace("\"total\":3", "\"total\":-3"), secret), "(credentialData.total is");
        faults.put(
                new CodeSetJson(open, secret.replaceAll("\\[.*]", "[" + (hash + ",").repeat(50) + hash + "]")),
                "(secretData.hashes is");
        faults.put(new CodeSetJson(open, secret.replaceAll("\\[.*]", "[]")), "(secretData.hashes is");
        for (String count : List.of("-1", "101", "-2147483648")) {
            faults.put(
                    new CodeSetJson(
                            open.replace("\"uses\"", "\"guesses\":{\"inARow\":" + count + "},\"uses\""), secret),
                    "(credentialData.guesses.inARow is");
        }
        for (String moment : List.of("1999-12-31T23:59:59Z", "+10000-01-01T00:00:00Z", "-1000000000-01-01T00:00:00Z")) {
            faults.put(new CodeSetJson(open.replace(NOON.toString(), moment), secret), "(credentialData.createdAt is");
            faults.put(later(open, secret, "\"expiresAt\":\"" + moment + "\""), "(credentialData.expiresAt is");
            faults.put(later(open, secret, "\"remindedAt\":\"" + moment + "\""), "(credentialData.remindedAt is");
            faults.put(
                    later(open, secret, "\"guesses\":{\"inARow\":1,\"pausedUntil\":\"" + moment + "\"}"),
                    "(credentialData.guesses.pausedUntil is");
            faults.put(new CodeSetJson(open.replace("[]", uses(0, moment)), secret), "(credentialData.uses is");
        }
        faults.put(
                new CodeSetJson(open.replace("[]", "[" + use(1) + "," + use(1) + "]"), secret),
                "(credentialData.uses is");
        faults.put(new CodeSetJson(open.replace("[]", "[" + use(-1) + "]"), secret), "(credentialData.uses is");
        faults.put(later(open, secret, "\"more\":\"" + "x".repeat(300_000) + "\""), "(credentialData is");
        faults.put(new CodeSetJson(open, " ".repeat(300_000) + secret), "(secretData is");
        assertThat(faults.keySet()).doesNotContain(json);
        faults.forEach((wrong, told) -> assertThatThrownBy(wrong::read)
                .as("%s", wrong.publicData())
                .isInstanceOf(UnreadableCodeSetException.class)
                .hasMessageContaining(told));
    }

    /** Earlier versions have kept what a proxy let through. */
    @Test
    void an_address_that_can_be_none_is_left_out_and_the_set_works() {
        CodeSetJson json = CodeSetJson.write(set);
        String use = use(0).replace("192.0.2.1", "x".repeat(4_000));
        CodeSet read = new CodeSetJson(json.publicData().replace("[]", "[" + use + "]"), json.secretData()).read();
        assertThat(read.codes().get(0).used()).contains(new CodeUse(NOON, ""));
        String none = use(0).replace("\"192.0.2.1\"", "null");
        assertThat(new CodeSetJson(json.publicData().replace("[]", "[" + none + "]"), json.secretData())
                        .read()
                        .remaining())
                .isEqualTo(2);
    }

    /** It only serves to tell its codes from guesses: it shall not take the codes of now from their user. */
    @Test
    void a_set_before_that_is_beyond_the_bounds_is_passed_over_but_not_imported() {
        CodeSetJson json = CodeSetJson.write(set.replacing(set));
        CodeSetJson dear = new CodeSetJson(
                json.publicData(), json.secretData().replace("\"memoryKib\":7168", "\"memoryKib\":1048576"));
        assertThat(dear.read()).isEqualTo(set);
        assertThatThrownBy(dear::readAll)
                .isInstanceOf(UnreadableCodeSetException.class)
                .hasMessageContaining("(secretData.replaced");
        assertThat(json.readAll()).isEqualTo(set.replacing(set));
    }

    private static CodeSetJson later(String open, String secret, String field) {
        return new CodeSetJson(open.replaceFirst("\\{", "{" + field + ","), secret);
    }

    private static String uses(int code, String at) {
        return "[" + use(code).replace(NOON.toString(), at) + "]";
    }

    private static String use(int code) {
        return "{\"code\":%d,\"at\":\"%s\",\"address\":\"192.0.2.1\"}".formatted(code, NOON);
    }

    @Test
    void no_code_is_in_the_data_and_nothing_is_printed() {
        CodeSetJson json = CodeSetJson.write(set);
        assertThat(codes).allSatisfy(code -> assertThat(json.publicData() + json.secretData())
                .doesNotContain(code.symbols())
                .doesNotContain(code.grouped()));
        assertThat(json).hasToString("CodeSetJson[redacted]");
    }

    private CodeSet set(HashScheme scheme) {
        return CodeSet.of(codes, CodeFormat.DEFAULT, scheme, Salt.random(RANDOM), NOON, HashKeySource.NONE);
    }

    private static CodeSet after(RedeemResult.Outcome outcome, RedeemResult result) {
        assertThat(result.outcome()).isEqualTo(outcome);
        return result.set();
    }
}
