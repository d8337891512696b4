package io.github.backupcodes.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.support.realm.HttpPage;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code code-count=1}: the one backup code that some sites give, spoken of as one. */
class SingleCodeIT {

    @Test
    void itIsSpokenOfAsOneAndReplacedWhenItIsUsed() {
        try (TestRealm realm = TestRealm.builder()
                .policy("code-count", "1")
                .policy("expires-after-days", "30")
                .create()) {
            TestUser user = realm.user("alice").otp().mustGenerateCodes().create();
            LoginClient client = realm.signInWithApp(user);
            HttpPage page = client.page();
            assertThat(page.backupCodes()).as("%s", page).hasSize(1);
            page.assertText(Selectors.TITLE, "backupCodesTitleOne");
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
            client.submit(Selectors.NEW_CODES_FORM, Map.of());
            client.page().assertError("backupCodesErrorNotSavedOne");
            String code = client.page().backupCodes().get(0);
            client.saveCodes();
            client.assertSignedIn();

            // one of one left is neither few nor near its end
            LoginClient next = realm.signInWithApp(user);
            next.assertSignedIn();

            LoginClient used = realm.signInWith(user, code);
            used.page().assertHasNo("[name=continue]");
            used.page().assertText("#backup-code-used .bc-note", "backupCodeUsedNone");
            used.makeCodes();
            used.page().assertText("#backup-codes .bc-note", "backupCodesRenewalOne");
            used.saveCodes();
            used.assertSignedIn();
        }
    }
}
