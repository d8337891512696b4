package io.github.backupcodes.sms.gateway;

/** Why the description of a gateway is invalid. */
public enum GatewayFault {
    METHOD("must be POST, PUT or GET"),
    URL_MISSING("is missing"),
    URL_SYNTAX("must be an absolute URL without user, password and fragment, and with no placeholder before the path"),
    URL_SCHEME("must begin with https://. Only localhost and addresses of loopback can be reached by http://"),
    URL_SECRET("must not contain a secret, because URLs are logged: put it into a header or the body"),
    GET("sends number or text in the URL, which gateways and proxies log. Use POST with a body, or set allow-get"),
    GET_BODY("must be empty if the method is GET"),
    HEADER_SYNTAX("must have one header a line, as in “Name: value”, in visible ASCII characters, each name once"),
    HEADER_NAME("contains a header that is set by the client or by another setting, such as Host or Content-Type"),
    HEADER_TEXT("must not contain {text}, which can have several lines"),
    AUTHORIZATION(
            "must take the secret of Authorization from the vault, for example “Authorization: Bearer ${vault.sms-key}”"),
    CONTENT_TYPE(
            "must be application/json, application/x-www-form-urlencoded, application/xml, text/xml or text/plain, in UTF-8"),
    BODY_JSON("must be JSON in which each placeholder stands in quotes, for example {\"to\": \"{to}\"}"),
    BODY_XML("must not contain <!, such as a comment, CDATA or DOCTYPE"),
    PLACEHOLDER(
            "contains an unknown placeholder. Known are {to}, {to-without-plus}, {text}, {from} and {id}, and {signature} in a header"),
    SECRET_NAME(
            "may contain ${vault.NAME} only with a NAME that begins with sms- and has letters, digits, - and _, and no other ${...}"),
    TEXT_UNUSED("must contain {text}, and {to} or {to-without-plus}"),
    SIGNATURE_KEY_MISSING("is missing, but a header contains {signature}"),
    SIGNATURE_KEY("must be one reference to the vault, for example ${vault.sms-signature}"),
    FROM_MISSING("is missing, but the request contains {from}"),
    FROM("must have 1 to 11 letters A to Z, digits and spaces, or be a number of at most 15 digits"),
    SUCCESS_STATUS("must be a list of statuses from 200 to 299, for example 200-299 or 200,202"),
    SUCCESS_POINTER("must be a JSON pointer, for example /messages/0/status (RFC 6901)"),
    SUCCESS_PAIR("must be set together with its pointer or value, or not at all");

    private final String description;

    GatewayFault(String description) {
        this.description = description;
    }

    /** The end of a sentence about the field, for the log and the administrator. */
    public String description() {
        return description;
    }
}
