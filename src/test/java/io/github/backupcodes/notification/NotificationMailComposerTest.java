package io.github.backupcodes.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.notification.NotificationMailBean.Text;
import io.github.backupcodes.support.realm.Messages;
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

class NotificationMailComposerTest {

    private static final Instant NOW = Instant.parse("2026-11-24T10:07:05Z");
    private static final Instant END = Instant.parse("2026-12-24T10:07:05Z");
    private static final URI BASE = URI.create("https://sso.example.org/");

    static List<Notification> notices() {
        return List.of(
                new Notification.CodesMade(Set.of()),
                new Notification.CodeUsed(8, false),
                new Notification.CodeUsed(2, true),
                new Notification.CodeUsed(0, true),
                new Notification.OldCodeTried(),
                new Notification.CodesPaused(),
                new Notification.CodesDisabled(),
                new Notification.ExpiringSoon(END),
                new Notification.TemporaryCodeIssued(END),
                new Notification.CodesImported(),
                new Notification.CodesRevoked());
    }

    @ParameterizedTest
    @MethodSource("notices")
    void everyNoticeSaysWhatHappenedAndWhatToDo(Notification notification) {
        NotificationMailBean bean = bean(notification, BASE, Locale.ENGLISH);
        assertThat(bean.getKind()).isEqualTo(notification.kind());
        assertThat(Messages.of(bean.getSubject())).isNotBlank();
        assertThat(bean.getBefore()).hasSize(1);
        assertThat(bean.getLink() != null || !bean.getAfter().isEmpty()).isTrue();
        assertThat(Stream.concat(bean.getBefore().stream(), bean.getAfter().stream())
                        .map(text -> Messages.of(text.getKey(), "Bakery", text.getValue())))
                .allSatisfy(text -> assertThat(text).isNotBlank().doesNotContain("{", "backupCodesMail"));
        assertThat(bean.getFacts())
                .allSatisfy(fact -> assertThat(Messages.of(fact.getKey())).doesNotContain("{"));
    }

    @Test
    void whatAnAdministratorDidDoesNotSayFromWhere() {
        for (Notification notification : List.of(
                new Notification.CodesRevoked(),
                new Notification.CodesImported(),
                new Notification.TemporaryCodeIssued(END))) {
            assertThat(bean(notification, BASE, Locale.ENGLISH).getFacts())
                    .extracting(Text::getKey)
                    .containsExactly("backupCodesMailTime");
        }
        assertThat(bean(new Notification.CodesMade(Set.of()), BASE, Locale.ENGLISH)
                        .getFacts())
                .extracting(Text::getValue)
                .contains("192.0.2.1", "Shop");
    }

    @Test
    void withoutAnAddressOfTheServerThereAreWordsInPlaceOfTheLink() {
        NotificationMailBean bean = bean(new Notification.CodesMade(Set.of()), null, Locale.ENGLISH);
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

    private static NotificationMailBean bean(Notification notification, @Nullable URI base, Locale locale) {
        NotificationContext notificationContext = new NotificationContext(NOW, "192.0.2.1", "Shop", base, null);
        return new NotificationMailComposer(
                        new MailJob("id", "realm", "user", notification, notificationContext),
                        "Bakery",
                        uri -> new NotMeLinkBuilder.Link(uri + "link", END),
                        locale)
                .bean();
    }
}
