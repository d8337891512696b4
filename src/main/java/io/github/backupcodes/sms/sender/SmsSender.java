package io.github.backupcodes.sms.sender;

import org.keycloak.provider.Provider;

/**
 * Sends text messages for the realm of its session. It runs on a thread of a queue, outside of requests. Implementations log neither
 * number nor text, nor what a gateway answers, which may quote both.
 */
public interface SmsSender extends Provider {

    /**
     * Tries once to send a message. It never throws because of the gateway.
     *
     * @param message  the message
     * @param deadline when the answer has to be there; later it is of no use
     * @return what became of it
     */
    SmsOutcome send(SmsMessage message, Deadline deadline);

    /**
     * Whether a second try of a message that may have been sent is safe, because the receiver recognizes its id.
     *
     * @return false by default
     */
    default boolean isIdempotent() {
        return false;
    }

    @Override
    default void close() {}
}
