package io.github.backupcodes.screens;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.emailcode.EmailCodeRealm;
import io.github.backupcodes.pages.Screen;
import io.github.backupcodes.race.server.NotificationResource;
import io.github.backupcodes.race.server.NotificationResourceFactory;
import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.MailServer;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.browser.WithBrowser;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Takes a picture of every mail in HTML, as {@code target/screenshots/mail-<kind>.png}, and looks whether it has room. */
@WithBrowser
class MailScreensIT {

    private static final Path DIRECTORY = BuildFiles.directory().resolve("screenshots");
    private static final int PHONE = 390;
    private static final int DESK = 720;

    @Test
    void everyMail(Person person) {
        try (TestRealm realm = TestRealm.builder()
                .with("displayName", "Example")
                .with("supportedLocales", List.of("en", "ar"))
                .create()) {
            TestUser user = realm.user("alice").create();
            // at most one mail of a kind an hour goes to one user, and this is the second of its kind
            TestUser other = realm.user("betty").create();
            for (NotificationResource.Kind kind : NotificationResource.Kind.values()) {
                String name = kind.name().toLowerCase(Locale.ROOT);
                MailServer.Mail mail = told(realm, kind == NotificationResource.Kind.OLD_LAST ? other : user, kind);
                assertThat(mail.subject()).doesNotContainPattern(Screen.MESSAGE_KEY);
                assertThat(mail.text())
                        .doesNotContainPattern(Screen.MESSAGE_KEY)
                        .doesNotContain("\n\n\n");
                person.page().setContent(mail.html());
                assertThat(Screen.text(person)).doesNotContainPattern(Screen.MESSAGE_KEY);
                for (int width : new int[] {PHONE, DESK}) {
                    person.page().setViewportSize(width, 420);
                    assertThat(person.page()
                                    .evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"))
                            .as("%s has room at %s", name, width)
                            .isEqualTo(true);
                    person.picture(DIRECTORY.resolve("mail-" + name + (width == PHONE ? "-phone" : "") + ".png"));
                }
            }
            mailWithCode(person, realm);
            user.admin().update(Map.of("attributes", Map.of("locale", List.of("ar"))));
            person.page()
                    .setContent(told(realm, user, NotificationResource.Kind.FEW).html());
            assertThat(person.page().evaluate("() => document.documentElement.dir"))
                    .isEqualTo("rtl");
            person.picture(DIRECTORY.resolve("mail-few-ar.png"));
        }
    }

    private static void mailWithCode(Person person, TestRealm realm) {
        realm.admin().registerRequiredAction(EmailCodeRealm.ACTION);
        realm.admin().addExecution(TestRealm.SECOND_FACTOR_FLOW, EmailCodeRealm.AUTHENTICATOR, "ALTERNATIVE");
        TestUser user = realm.user("emily").emailCode().create();
        try (MailServer mails = MailServer.start()) {
            realm.admin().update(Map.of("smtpServer", mails.smtp()));
            realm.signIn(user);
            MailServer.Mail mail = mails.await(MailServer.Mail::hasCode, "code");
            assertThat(mail.subject() + mail.text()).doesNotContainPattern(Screen.MESSAGE_KEY);
            person.page().setContent(mail.html());
            for (int width : new int[] {PHONE, DESK}) {
                person.page().setViewportSize(width, 420);
                assertThat(person.page().evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"))
                        .isEqualTo(true);
                person.picture(DIRECTORY.resolve("mail-email-code" + (width == PHONE ? "-phone" : "") + ".png"));
            }
        }
    }

    private static MailServer.Mail told(TestRealm realm, TestUser user, NotificationResource.Kind kind) {
        try (MailServer mails = MailServer.start()) {
            realm.admin().update(Map.of("smtpServer", mails.smtp()));
            realm.admin().send("POST", "/" + NotificationResourceFactory.ID + "/" + user.id() + "?kind=" + kind, null);
            return mails.await(mail -> true, kind.name());
        }
    }
}
