package io.github.backupcodes.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.HttpPage;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.server.SharedServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code code-count=1}: the one backup code that some sites give, spoken of as one. */
class SingleCodeIT {

    @Test
    void itIsSpokenOfAsOneAndReplacedWhenItIsUsed() {
        try (TestRealm realm = TestRealm.on(SharedServer.get())
                .policy("code-count", "1")
                .policy("expires-after-days", "30")
                .create()) {
            TestUser user = realm.user("alice")
                    .otp()
                    .requiredAction(BackupCodesNames.ACTION)
                    .create();
            LoginClient client = realm.signInWithApp(user);
            HttpPage page = client.page();
            assertThat(page.backupCodes()).as("%s", page).hasSize(1);
            assertThat(page.text("#kc-page-title")).isEqualTo(Messages.of("backupCodesTitleOne"));
            assertThat(page.text("#backup-codes"))
                    .contains(
                            Messages.of("backupCodesIntroOne"),
                            Messages.of("backupCodesOnceOne"),
                            Messages.of("backupCodesSheetTextOne"),
                            Messages.of("backupCodesSavedOne"))
                    .contains(Messages.of("backupCodesWorksUntilOne", "").replace(".", ""))
                    .doesNotContain(Messages.of("backupCodesIntro"), Messages.of("backupCodesOnce"));
            assertThat(page.document().select("#backup-codes").attr("data-file-head"))
                    .contains(Messages.of("backupCodesSheetTextOne"));
            client.submit(LoginClient.CODES_FORM, Map.of());
            assertThat(client.page().error()).isEqualTo(Messages.of("backupCodesErrorNotSavedOne"));
            String code = client.page().backupCodes().get(0);
            client.saveCodes();
            client.assertSignedIn();

            // one of one left is neither few nor near its end
            LoginClient next = realm.signInWithApp(user);
            next.assertSignedIn();

            LoginClient used = realm.signInWith(user, code);
            assertThat(used.page().has("[name=continue]")).as("%s", used.page()).isFalse();
            assertThat(used.page().text("#backup-code-used .bc-note")).isEqualTo(Messages.of("backupCodeUsedNone"));
            used.makeCodes();
            assertThat(used.page().text("#backup-codes .bc-note")).isEqualTo(Messages.of("backupCodesRenewalOne"));
            used.saveCodes();
            used.assertSignedIn();
        }
    }
}
