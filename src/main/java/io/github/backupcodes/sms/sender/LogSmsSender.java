package io.github.backupcodes.sms.sender;

import org.jboss.logging.Logger;
import org.keycloak.common.util.Environment;
import org.keycloak.models.KeycloakSession;

/**
 * Writes messages to the log of the server instead of sending them, so that a sign-in by text message can be tried without a gateway.
 * Whoever reads the log could sign in, so it works in development mode alone, unless the operator of the server wants it.
 */
final class LogSmsSender implements SmsSender {

    private static final Logger LOG = Logger.getLogger(LogSmsSender.class);

    private final KeycloakSession session;
    private final boolean allowedInProduction;

    LogSmsSender(KeycloakSession session, boolean allowedInProduction) {
        this.session = session;
        this.allowedInProduction = allowedInProduction;
    }

    /** Whether messages may be written. The mode is asked each time, because a server can be started again in another one. */
    static boolean isAllowed(boolean allowedInProduction) {
        return allowedInProduction || Environment.isDevMode();
    }

    @Override
    public SmsOutcome send(SmsMessage message, Deadline deadline) {
        String realm = session.getContext().getRealm().getName();
        if (!isAllowed(allowedInProduction)) {
            LOG.errorf(
                    "Realm %s has the sender `log`, which works in development mode only. Nothing was sent. Choose another sender.",
                    realm);
            return new SmsOutcome.Refused(SmsOutcome.Reason.NOT_ALLOWED);
        }
        if (!Environment.isDevMode()) {
            LOG.warnf(
                    "Realm %s writes text messages with codes to the log of a production server. Remove"
                            + " --spi-sms-sender--log--in-production and choose another sender.",
                    realm);
        }
        LOG.infof("Text message to %s:%n%s", message.to(), message.text());
        return new SmsOutcome.Accepted(null);
    }
}
