package io.github.backupcodes.enrollment;

import io.github.backupcodes.code.BackupCode;
import io.github.backupcodes.policy.PrintableText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The template model of the page that shows a new set. Public, with getters, because FreeMarker reads it. It exists
 * only as long as the response that it is rendered into.
 */
public final class NewCodesBean {

    private final List<BackupCode> codes;
    private final String site;
    private final String host;
    private final String user;
    private final String date;
    private final @Nullable String expiry;
    private final boolean renewal;
    private final boolean shownBefore;
    private final boolean lastStep;

    NewCodesBean(
            List<BackupCode> codes,
            String site,
            String host,
            String user,
            String date,
            @Nullable String expiry,
            boolean renewal,
            boolean shownBefore,
            boolean lastStep) {
        this.codes = codes;
        this.site = PrintableText.of(site);
        this.host = PrintableText.of(host);
        this.user = PrintableText.of(user);
        this.date = date;
        this.expiry = expiry;
        this.renewal = renewal;
        this.shownBefore = shownBefore;
        this.lastStep = lastStep;
    }

    /** The codes as they are shown. */
    public List<String> getCodes() {
        return codes.stream().map(BackupCode::grouped).toList();
    }

    /** The display name of the realm. */
    public String getSite() {
        return site;
    }

    /** The host name of the server, by which users of several sites of one name find the right one. */
    public String getHost() {
        return host;
    }

    /** The name that the user signs in with. */
    public String getUser() {
        return user;
    }

    /** Date and time at which the set was generated, in the user's language: they distinguish it from other sets. */
    public String getDate() {
        return date;
    }

    /** The day on which the codes expire, in the user's language; null for never. */
    public @Nullable String getExpiry() {
        return expiry;
    }

    /** The name of the text file. Characters that some file systems reject become dashes. */
    public String getFileName() {
        return "%s-backup-codes-%s.txt".formatted(fileNamePart(site), fileNamePart(user));
    }

    /** Whether the user has an older set, which the new one replaces when it is saved. */
    public boolean isRenewal() {
        return renewal;
    }

    /** Whether this sign-in has shown another set before, which was not saved and is void. */
    public boolean isShownBefore() {
        return shownBefore;
    }

    /** Whether the page is the last step of turning on login verification, which is on already. */
    public boolean isLastStep() {
        return lastStep;
    }

    private static String fileNamePart(String name) {
        return name.replaceAll("[\\s\\p{Cntrl}\\\\/:*?\"<>|]+", "-");
    }

    @Override
    public String toString() {
        return "NewCodesBean[redacted]";
    }
}
