package io.github.backupcodes.enrollment;

/** What the page that asks a user to make codes knows. Public, with getters: FreeMarker reads it. */
public final class CodeSetupPromptBean {

    private final PromptReason reason;
    private final String detail;
    private final boolean skippable;

    CodeSetupPromptBean(PromptReason reason, String detail, boolean skippable) {
        this.reason = reason;
        this.detail = detail;
        this.skippable = skippable;
    }

    /** The message key of the title and of the button. */
    public String getTitle() {
        return isFirst() ? "backupCodesAskTitle" : "backupCodeUsedMakeCodes";
    }

    /** The message key of the reason; its argument is {@link #getDetail()}. */
    public String getReason() {
        return reason.message();
    }

    /** How many codes are left or the day on which they expire, as the reason has it; empty otherwise. */
    public String getDetail() {
        return detail;
    }

    /** Whether the user never had codes. */
    public boolean isFirst() {
        return reason == PromptReason.NO_CODES;
    }

    /** Whether the user may say "not now". */
    public boolean isSkippable() {
        return skippable;
    }
}
