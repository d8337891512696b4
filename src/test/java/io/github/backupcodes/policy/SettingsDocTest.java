package io.github.backupcodes.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.SourceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.provider.ProviderConfigProperty;

/** The table in {@code docs/settings.md} has every setting, with the default and the range that it has in the code. */
class SettingsDocTest {

    private static final Path DOC = Path.of("docs/settings.md");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))#(\\w*)`");

    /** The rows, each with its cells: key, what, default, range, a bad value, shown by. */
    private static List<List<String>> rows() throws IOException {
        return Files.readAllLines(DOC).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Stream.of(line.split("\\|", -1)).map(String::strip).toList())
                .map(cells -> cells.subList(1, cells.size() - 1))
                .filter(cells -> cells.size() == 6)
                .toList();
    }

    @Test
    void every_setting_has_its_row() throws IOException {
        Set<String> keys = BackupCodesSettings.properties().stream()
                .map(ProviderConfigProperty::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        keys.add(BackupCodesSettings.MAX_AUTH_AGE.key());
        assertThat(rows().stream().map(row -> key(row.get(0))))
                .containsOnlyOnceElementsOf(without(keys, "code-length"));
        assertThat(rows().stream().map(row -> key(row.get(0))).collect(Collectors.toSet()))
                .isEqualTo(keys);
    }

    @Test
    void every_row_has_the_default_and_the_range_of_the_code() throws IOException {
        Map<String, Setting<?>> settings = Stream.<Setting<?>>of(
                        BackupCodesSettings.CODE_COUNT,
                        BackupCodesSettings.CODE_FORMAT,
                        BackupCodesSettings.EXPIRES_AFTER_DAYS,
                        BackupCodesSettings.LOW_THRESHOLD,
                        BackupCodesSettings.CONFIRMATION,
                        BackupCodesSettings.MAX_FAILURES,
                        BackupCodesSettings.PAUSE_MINUTES,
                        BackupCodesSettings.ASK_USERS,
                        BackupCodesSettings.NOTIFY_BY_EMAIL,
                        BackupCodesSettings.ACCEPT_RECOVERY_CODES,
                        BackupCodesSettings.HELP_CONTACT,
                        BackupCodesSettings.HASH_KEY,
                        BackupCodesSettings.HASH)
                .collect(Collectors.toMap(Setting::key, setting -> setting));
        for (List<String> row : rows()) {
            Setting<?> setting =
                    switch (row.get(0)) {
                        case "`code-length` with `base32`" -> BackupCodesSettings.BASE32_LENGTH;
                        case "`code-length` with `digits`" -> BackupCodesSettings.DIGITS_LENGTH;
                        case "`max_auth_age`" -> BackupCodesSettings.MAX_AUTH_AGE;
                        default -> Objects.requireNonNull(settings.remove(key(row.get(0))), row.get(0));
                    };
            assertThat(row.get(2)).as("default of %s", row.get(0)).isEqualTo(written(setting));
            if (setting != BackupCodesSettings.MAX_AUTH_AGE) {
                assertThat(row.get(3).replace("`", "").replace(", ", " or "))
                        .as("range of %s", row.get(0))
                        .isEqualTo(setting.range());
            }
            assertThat(row.get(4)).startsWith("refused");
        }
        assertThat(settings).isEmpty();
    }

    @Test
    void codes_by_e_mail_have_every_setting_with_its_default_and_range() throws IOException {
        String page = Files.readString(DOC);
        String section = page.substring(page.indexOf("## Codes by e-mail"), page.indexOf("## Codes by text message"));
        List<Setting<?>> settings = List.of(
                EmailCodeSettings.DIGITS,
                EmailCodeSettings.MINUTES,
                EmailCodeSettings.CODE_IN_SUBJECT,
                EmailCodeSettings.ADDRESS_HOUR,
                EmailCodeSettings.REALM_HOUR,
                EmailCodeSettings.SIGN_IN_HOUR,
                EmailCodeSettings.SIGN_IN_DAY,
                EmailCodeSettings.SIGN_IN_REALM_HOUR,
                EmailCodeSettings.EVENTS_FOR_SENT);
        assertThat(settings.stream().map(Setting::key))
                .containsExactlyElementsOf(EmailCodeSettings.properties().stream()
                        .map(ProviderConfigProperty::getName)
                        .toList());
        assertThat(section.lines().filter(line -> line.startsWith("| `")).map(line -> {
                    String[] cells = line.split("\\|", -1);
                    return List.of(
                            cells[1].strip(),
                            cells[3].strip(),
                            cells[4].strip().replace("`", "").replace(", ", " or "));
                }))
                .containsExactlyElementsOf(settings.stream()
                        .map(setting -> List.of("`" + setting.key() + "`", written(setting), setting.range()))
                        .toList());
    }

    @Test
    void every_test_that_it_names_is_there() throws IOException {
        assertThat(rows()).allSatisfy(row -> assertThat(row.get(5)).containsPattern(TEST));
        Matcher named = TEST.matcher(Files.readString(DOC));
        while (named.find()) {
            assertThat(SourceFiles.ofTests(named.group(1)).orElseThrow())
                    .as(named.group())
                    .containsPattern("void " + named.group(2) + "\\(");
        }
    }

    private static String written(Setting<?> setting) {
        Object value = setting.defaultValue();
        return value instanceof Optional<?>
                ? "none"
                : "`" + (value instanceof EnumSetting.Choice choice ? choice.configValue() : String.valueOf(value))
                        + "`";
    }

    private static String key(String cell) {
        return cell.replaceFirst("^`([^`]*)`.*", "$1");
    }

    private static Set<String> without(Set<String> keys, String key) {
        return keys.stream().filter(other -> !other.equals(key)).collect(Collectors.toSet());
    }
}
