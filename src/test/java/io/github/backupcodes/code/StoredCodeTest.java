package io.github.backupcodes.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoredCodeTest {

    private static final CodeHash HASH = new CodeHash(new byte[CodeHash.LENGTH]);

    @Test
    void a_new_code_is_unused() {
        StoredCode code = StoredCode.unused(HASH);

        assertThat(code.hash()).isEqualTo(HASH);
        assertThat(code.isUnused()).isTrue();
        assertThat(code.used()).isEmpty();
    }

    @Test
    void a_used_code_knows_its_use() {
        StoredCode code = new StoredCode(HASH, RandomCodes.use(1));

        assertThat(code.isUnused()).isFalse();
        assertThat(code.used()).contains(RandomCodes.use(1));
    }

    @Test
    void printing_it_tells_nothing_of_the_hash() {
        assertThat(StoredCode.unused(HASH)).hasToString("StoredCode[hash=CodeHash[redacted], use=null]");
    }
}
