package io.github.backupcodes.enrollment;

/**
 * The template model of the page that prompts a user to generate codes. Public, with getters, because FreeMarker reads
 * it.
 */
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

    /** How many codes are left or the day on which they expire, depending on the reason; empty otherwise. */
    public String getDetail() {
        return detail;
    }

    /** Whether the user never had codes. */
    public boolean isFirst() {
        return reason == PromptReason.NO_CODES;
    }

    /** Whether the user may postpone it. */
    public boolean isSkippable() {
        return skippable;
    }
}
