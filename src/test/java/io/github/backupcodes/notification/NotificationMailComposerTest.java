package io.github.backupcodes.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.notification.NotificationMailBean.Text;
import io.github.backupcodes.support.CredentialTypes;
import io.github.backupcodes.support.LocalizedDates;
import io.github.backupcodes.support.realm.Messages;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
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

    /** What the pages behind the links of the composed mails show. */
    private final List<NotMeDetails> shown = new ArrayList<>();

    static List<Notification> notices() {
        return List.of(
                new Notification.CodesMade(Set.of(), false),
                new Notification.CodesMade(Set.of(), true),
                new Notification.TemporaryCodeUsed(),
                new Notification.TemporaryCodeTriedAgain(),
                new Notification.TemporaryCodeDisabled(),
                new Notification.TemporaryCodeRevoked(),
                new Notification.CodesDeleted(),
                new Notification.OldCodeTried(true),
                new Notification.CodeUsed(8, false),
                new Notification.CodeUsed(2, true),
                new Notification.CodeUsed(0, true),
                new Notification.OldCodeTried(false),
                new Notification.CodesPaused(),
                new Notification.CodesDisabled(),
                new Notification.ExpiringSoon(END),
                new Notification.TemporaryCodeIssued(END),
                new Notification.CodesImported(true),
                new Notification.CodesRevoked());
    }

    @ParameterizedTest
    @MethodSource("notices")
    void everyNoticeSaysWhatHappenedAndWhatToDo(Notification notification) {
        NotificationMailBean bean = bean(notification, BASE, Locale.ENGLISH);
        assertThat(bean.getKind()).isEqualTo(notification.kind());
        assertThat(Messages.of(bean.getSubject())).isNotBlank();
        assertThat(bean.getBefore()).isNotEmpty();
        assertThat(bean.getLink() != null || !bean.getAfter().isEmpty()).isTrue();
        assertThat(Stream.concat(bean.getBefore().stream(), bean.getAfter().stream())
                        .map(text -> Messages.of(text.getKey(), "Bakery", text.getValue())))
                .allSatisfy(text -> assertThat(text).isNotBlank().doesNotContain("{", "backupCodesMail"));
        assertThat(bean.getFacts())
                .allSatisfy(fact -> assertThat(Messages.of(fact.getKey())).doesNotContain("{"));
        assertThat(bean.getFacts().get(0).getValue()).as("the account").isEqualTo("alice");
    }

    @Test
    void whatAnAdministratorDidDoesNotSayFromWhere() {
        for (Notification notification : List.of(
                new Notification.CodesRevoked(),
                new Notification.TemporaryCodeRevoked(),
                new Notification.CodesImported(false),
                new Notification.TemporaryCodeIssued(END))) {
            shown.clear();
            assertThat(bean(notification, BASE, Locale.ENGLISH).getFacts())
                    .extracting(Text::getKey)
                    .containsExactly("backupCodesMailAccount", "backupCodesMailTime");
            assertThat(shown).allSatisfy(details -> assertThat(details)
                    .isEqualTo(new NotMeDetails(details.subject(), null, null)));
        }
        shown.clear();
        assertThat(bean(new Notification.CodesMade(Set.of(), false), BASE, Locale.ENGLISH)
                        .getFacts())
                .extracting(Text::getValue)
                .contains("192.0.2.1", "Shop");
        assertThat(shown).containsExactly(new NotMeDetails("backupCodesMailMadeSubject", "192.0.2.1", "shop"));
    }

    @Test
    void olderCodesAreMentionedOnlyIfThereWereSome() {
        for (boolean replacing : new boolean[] {true, false}) {
            for (Notification notification : List.of(
                    new Notification.CodesMade(Set.of(), replacing), new Notification.CodesImported(replacing))) {
                assertThat(bean(notification, BASE, Locale.ENGLISH).getBefore())
                        .extracting(Text::getKey)
                        .hasSize(replacing ? 2 : 1)
                        .doesNotContain(replacing ? "" : "backupCodesMailReplaced");
            }
        }
    }

    @Test
    void thatNoneIsLeftComesFirst() {
        NotificationMailBean last = bean(new Notification.CodeUsed(0, true), BASE, Locale.ENGLISH);
        assertThat(last.getSubject()).isEqualTo("backupCodesMailUsedLastSubject");
        assertThat(last.getBefore())
                .extracting(Text::getKey)
                .containsExactly("backupCodesMailUsedText", "backupCodesMailNoneLeft");
        NotificationMailBean old = bean(new Notification.OldCodeTried(true), BASE, Locale.ENGLISH);
        assertThat(old.getBefore())
                .extracting(Text::getKey)
                .containsExactly("backupCodesMailOldNoneLeft", "backupCodesMailOldText");
        assertThat(old.getAfter()).extracting(Text::getKey).doesNotContain("backupCodesMailOldIfYou");
    }

    @Test
    void withoutAnAddressOfTheServerThereAreWordsInPlaceOfTheLink() {
        NotificationMailBean bean = bean(new Notification.CodesMade(Set.of(), true), null, Locale.ENGLISH);
        assertThat(bean.getLink()).isNull();
        assertThat(bean.getLinkEnd()).isNull();
        assertThat(bean.getAfter()).extracting(Text::getKey).containsExactly("backupCodesMailOldNotMe");
        assertThat(bean(new Notification.VerificationCodePaused(CredentialTypes.EMAIL_CODE), null, Locale.ENGLISH)
                        .getAfter())
                .extracting(Text::getKey)
                .containsExactly("emailCodeMailNotMe");
    }

    private NotificationMailBean bean(Notification notification, @Nullable URI base, Locale locale) {
        NotificationContext notificationContext = new NotificationContext(NOW, "192.0.2.1", "shop", base, null);
        return new NotificationMailComposer(
                        new MailJob("id", "realm", "user", notification, notificationContext),
                        new NotificationMailRecipient(
                                "Bakery", "alice", "Shop", null, new LocalizedDates(locale), null),
                        (uri, details) -> {
                            shown.add(details);
                            return new NotMeLinkBuilder.Link(uri + "link", END);
                        })
                .bean();
    }
}
