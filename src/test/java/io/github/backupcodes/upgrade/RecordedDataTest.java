package io.github.backupcodes.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.code.CodeSet;
import io.github.backupcodes.code.HashKeySource;
import io.github.backupcodes.code.ParsedCode;
import io.github.backupcodes.code.StoredCode;
import io.github.backupcodes.credential.model.CodeSetJson;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sets that released versions have written are read, and each code is found in its place. */
class RecordedDataTest {

    static List<String> all() throws IOException {
        return Recording.all();
    }

    @Test
    void there_is_every_kind() throws IOException {
        assertThat(all()).hasSizeGreaterThanOrEqualTo(20);
    }

    @ParameterizedTest
    @MethodSource("all")
    void each_code_has_its_hash(String name) {
        Recording recording = Recording.of(name);
        for (Recording.Row row : recording.credentials()) {
            if (row.type().matches("backup-codes(-temporary)?")) {
                CodeSet set = new CodeSetJson(row.credentialData(), row.secretData()).read();
                assertThat(set.createdAt().toEpochMilli()).isEqualTo(row.createdDate());
                if (set.total() == recording.codes().size()) {
                    assertThat(recording.codes())
                            .map(code -> set.hash(
                                    ((ParsedCode.WellFormed) set.format().parse(code)).code(), HashKeySource.NONE))
                            .isEqualTo(
                                    set.codes().stream().map(StoredCode::hash).toList());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void what_is_written_again_is_the_same(String name) {
        for (Recording.Row row : Recording.of(name).credentials()) {
            if (row.type().matches("backup-codes(-temporary)?")) {
                CodeSetJson stored = new CodeSetJson(row.credentialData(), row.secretData());
                assertThat(CodeSetJson.write(stored.read()).read()).isEqualTo(stored.read());
            }
        }
    }
}
