package io.github.backupcodes.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.BackupCodesNames;
import io.github.backupcodes.support.HttpPage;
import io.github.backupcodes.support.LoginClient;
import io.github.backupcodes.support.SharedServer;
import io.github.backupcodes.support.TestRealm;
import io.github.backupcodes.support.TestUser;
import io.github.backupcodes.support.Words;
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
            LoginClient client = Visit.signedIn(realm, user);
            HttpPage page = client.page();
            assertThat(page.backupCodes()).as("%s", page).hasSize(1);
            assertThat(page.text("#kc-page-title")).isEqualTo(Words.of("backupCodesTitleOne"));
            assertThat(page.text("#backup-codes"))
                    .contains(
                            Words.of("backupCodesIntroOne"),
                            Words.of("backupCodesOnceOne"),
                            Words.of("backupCodesSheetTextOne"),
                            Words.of("backupCodesSavedOne"))
                    .contains(Words.of("backupCodesWorksUntilOne", "").replace(".", ""))
                    .doesNotContain(Words.of("backupCodesIntro"), Words.of("backupCodesOnce"));
            assertThat(page.document().select("#backup-codes").attr("data-file-head"))
                    .contains(Words.of("backupCodesSheetTextOne"));
            client.submit(Visit.FORM, Map.of());
            assertThat(client.page().error()).isEqualTo(Words.of("backupCodesErrorNotSavedOne"));
            String code = client.page().backupCodes().get(0);
            client.saveCodes();
            assertThat(client.isSignedIn()).as("%s", client.page()).isTrue();

            // one of one left is neither few nor near its end
            LoginClient next = Visit.signedIn(realm, user);
            assertThat(next.isSignedIn()).as("%s", next.page()).isTrue();

            LoginClient used = Visit.signInWith(realm, user, code);
            assertThat(used.page().has("[name=continue]")).as("%s", used.page()).isFalse();
            assertThat(used.page().text("#backup-code-used .bc-note")).isEqualTo(Words.of("backupCodeUsedNone"));
            used.makeCodes();
            assertThat(used.page().text("#backup-codes .bc-note")).isEqualTo(Words.of("backupCodesRenewalOne"));
            used.saveCodes();
            assertThat(used.isSignedIn()).as("%s", used.page()).isTrue();
        }
    }
}
