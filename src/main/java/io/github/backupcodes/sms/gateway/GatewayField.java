package io.github.backupcodes.sms.gateway;

/** One of the texts that describe a gateway. */
public enum GatewayField {
    METHOD("method"),
    URL("url"),
    HEADERS("headers"),
    CONTENT_TYPE("content-type"),
    BODY("body"),
    SUCCESS_STATUS("success-status"),
    SUCCESS_POINTER("success-pointer"),
    SUCCESS_VALUE("success-value"),
    FROM("from"),
    SIGNATURE_KEY("signature-key"),
    ALLOW_GET("allow-get");

    private final String option;

    GatewayField(String option) {
        this.option = option;
    }

    /** The name of the server option; the setting of a realm has the prefix {@code http-}. It never changes. */
    public String option() {
        return option;
    }
}
