package io.github.backupcodes.flows;

import io.github.backupcodes.sms.SmsCodeRealm;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import io.github.backupcodes.support.realm.Totp;
import java.util.HashMap;
import java.util.Map;

/** What a user has besides the password. */
enum UserProfile {
    NOTHING("nothing"),
    APP("app"),
    APP_AND_CODES("app, codes"),
    APPS_AND_CODES("two apps, codes"),
    KEY_AND_CODES("security key, codes"),
    CODES("codes alone"),
    EMAIL("e-mail codes alone"),
    SMS("SMS codes alone"),
    SMS_AND_CODES("SMS codes, codes");

    /** Codes that each of them has who has some. */
    static final TestCodeSet LIST = TestCodeSet.of(40);

    private final String words;

    UserProfile(String words) {
        this.words = words;
    }

    /** As the head of a column. */
    String words() {
        return words;
    }

    boolean hasCodes() {
        return this != NOTHING && this != APP && this != EMAIL && this != SMS;
    }

    /** Makes such a user. */
    TestUser make(TestRealm realm, String name) {
        TestUser.Builder user = realm.user(name);
        if (this == APP || this == APP_AND_CODES || this == APPS_AND_CODES) {
            user.otp();
        }
        if (this == APPS_AND_CODES) {
            Map<String, Object> second = new HashMap<>(Totp.random().credential());
            second.put("userLabel", "second phone");
            user.credential(second);
        }
        if (this == EMAIL) {
            user.emailCode();
        }
        if (this == SMS || this == SMS_AND_CODES) {
            user.smsCode(SmsCodeRealm.number());
        }
        if (this == KEY_AND_CODES) {
            user.credential(TestUser.SECURITY_KEY);
        }
        return (hasCodes() ? user.codes(LIST) : user).create();
    }
}
