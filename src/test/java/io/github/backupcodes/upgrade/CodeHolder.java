package io.github.backupcodes.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.backupcodes.support.realm.Event;
import io.github.backupcodes.support.realm.LoginClient;
import io.github.backupcodes.support.realm.Selectors;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.util.List;

/** A user with codes of some kind. */
record CodeHolder(TestUser user, List<String> used, List<String> good) {

    void useUp(TestRealm realm) {
        used.forEach(code -> opens(realm, code));
    }

    void codesWorkOnceIn(TestRealm realm) {
        used.forEach(code -> isRefused(realm, code));
        for (String code : good) {
            opens(realm, code);
            isRefused(realm, code);
        }
    }

    private void opens(TestRealm realm, String code) {
        realm.enterCode(user, code).assertHas(Selectors.CODE_USED_PAGE);
    }

    private void isRefused(TestRealm realm, String code) {
        LoginClient session = realm.openCodePage(user);
        if (!session.page().has(Selectors.CODE_FORM)) {
            // a code of the help desk was the only one: where none works, none is asked for
            JsonNode state = realm.admin().user(user.id()).codesState();
            assertThat(state.path("remaining").asInt(-1)).as("%s", state).isZero();
            assertThat(state.path("temporaryCodeExpiresAt").isNull())
                    .as("%s", state)
                    .isTrue();
            return;
        }
        session.enterBackupCode(code).assertHasNo(Selectors.CODE_USED_PAGE, "used before");
        JsonNode event = realm.admin().events("LOGIN_ERROR").get(0);
        assertThat(event.path("userId").asText()).isEqualTo(user.id());
        assertThat(Event.detail(event, "reason")).isEqualTo("backup_code_already_used");
    }
}
