package io.github.backupcodes.emailcode;

import io.github.backupcodes.challenge.ChallengePurpose;
import io.github.backupcodes.notification.NotificationMailBean;
import java.util.List;

/** The template model of a mail with a code. Public, with getters, because FreeMarker reads it. */
public final class EmailCodeMailBean {

    private final String site;
    private final String code;
    private final ChallengePurpose purpose;
    private final String end;
    private final List<NotificationMailBean.Text> facts;

    EmailCodeMailBean(
            String site, String code, ChallengePurpose purpose, String end, List<NotificationMailBean.Text> facts) {
        this.site = site;
        this.code = code;
        this.purpose = purpose;
        this.end = end;
        this.facts = List.copyOf(facts);
    }

    /** The display name of the realm. */
    public String getSite() {
        return site;
    }

    /** The code. */
    public String getCode() {
        return code;
    }

    /** Whether the code is for signing in; otherwise it is for setting up. */
    public boolean isForSignIn() {
        return purpose == ChallengePurpose.SIGN_IN;
    }

    /** Until when the code works, as users read it. */
    public String getEnd() {
        return end;
    }

    /** The account, and when and where the code was requested: the message key of a label, and the value beside it. */
    public List<NotificationMailBean.Text> getFacts() {
        return facts;
    }
}
