package io.github.backupcodes.sms.gateway;

/** What the answer of a gateway says about a message. */
public enum GatewayAnswer {
    /** It will be sent. */
    ACCEPTED,
    /** It will not be sent, now or later. */
    REFUSED,
    /** It was not sent, but may be later: status 429 (RFC 6585, 4) or 503 (RFC 9110, 15.6.4). */
    BUSY,
    /** It may have been sent. */
    UNCLEAR
}
