package io.github.backupcodes.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.notification.NoticeBean.Text;
import io.github.backupcodes.support.Words;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WordingTest {

    private static final Instant NOW = Instant.parse("2026-11-24T10:07:05Z");
    private static final Instant END = Instant.parse("2026-12-24T10:07:05Z");
    private static final URI BASE = URI.create("https://sso.example.org/");

    static List<Notice> notices() {
        return List.of(
                new Notice.CodesMade(Set.of()),
                new Notice.CodeUsed(8, false),
                new Notice.CodeUsed(2, true),
                new Notice.CodeUsed(0, true),
                new Notice.OldCodeTried(),
                new Notice.CodesPaused(),
                new Notice.CodesDisabled(),
                new Notice.ExpiringSoon(END),
                new Notice.TemporaryCodeIssued(END),
                new Notice.CodesImported(),
                new Notice.CodesRevoked());
    }

    @ParameterizedTest
    @MethodSource("notices")
    void everyNoticeSaysWhatHappenedAndWhatToDo(Notice notice) {
        NoticeBean bean = bean(notice, BASE, Locale.ENGLISH);
        assertThat(bean.getKind()).isEqualTo(notice.kind());
        assertThat(Words.of(bean.getSubject())).isNotBlank();
        assertThat(bean.getBefore()).hasSize(1);
        assertThat(bean.getLink() != null || !bean.getAfter().isEmpty()).isTrue();
        assertThat(Stream.concat(bean.getBefore().stream(), bean.getAfter().stream())
                        .map(text -> Words.of(text.getKey(), "Bakery", text.getValue())))
                .allSatisfy(text -> assertThat(text).isNotBlank().doesNotContain("{", "backupCodesMail"));
        assertThat(bean.getFacts())
                .allSatisfy(fact -> assertThat(Words.of(fact.getKey())).doesNotContain("{"));
    }

    @Test
    void whatAnAdministratorDidDoesNotSayFromWhere() {
        for (Notice notice :
                List.of(new Notice.CodesRevoked(), new Notice.CodesImported(), new Notice.TemporaryCodeIssued(END))) {
            assertThat(bean(notice, BASE, Locale.ENGLISH).getFacts())
                    .extracting(Text::getKey)
                    .containsExactly("backupCodesMailTime");
        }
        assertThat(bean(new Notice.CodesMade(Set.of()), BASE, Locale.ENGLISH).getFacts())
                .extracting(Text::getValue)
                .contains("192.0.2.1", "Shop");
    }

    @Test
    void withoutAnAddressOfTheServerThereAreWordsInPlaceOfTheLink() {
        NoticeBean bean = bean(new Notice.CodesMade(Set.of()), null, Locale.ENGLISH);
        assertThat(bean.getLink()).isNull();
        assertThat(bean.getLinkEnd()).isNull();
        assertThat(bean.getAfter()).extracting(Text::getKey).containsExactly("backupCodesMailOldNotMe");
    }

    @Test
    void timesAreInTheLanguageAndNameTheTimeZone() {
        String german = new Moment(Locale.GERMAN).write(NOW);
        assertThat(german).contains("24. November 2026");
        assertThat(new Moment(Locale.FRENCH).write(NOW)).contains("24 novembre 2026");
        // whichever zone the server is in: a word or an offset follows the time
        assertThat(german).matches(".*\\d{2}:\\d{2}:\\d{2} [\\p{L}+:\\d-]+");
    }

    private static NoticeBean bean(Notice notice, @Nullable URI base, Locale locale) {
        Circumstances circumstances = new Circumstances(NOW, "192.0.2.1", "Shop", base, null);
        return new Wording(
                        new Letter("id", "realm", "user", notice, circumstances),
                        "Bakery",
                        uri -> new NotMeLink.Link(uri + "link", END),
                        locale)
                .bean();
    }
}
