package io.github.backupcodes.sms.sender;

import io.github.backupcodes.sms.gateway.Gateway;
import io.github.backupcodes.sms.gateway.GatewayMessage;
import io.github.backupcodes.sms.gateway.GatewayRequest;
import io.github.backupcodes.sms.gateway.RefusedHostException;
import io.github.backupcodes.sms.gateway.UnfitValueException;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Sends messages to a gateway over HTTP. */
final class HttpSmsSender implements SmsSender {

    private static final Logger LOG = Logger.getLogger(HttpSmsSender.class);

    private static final SmsOutcome NOT_ALLOWED = new SmsOutcome.Refused(SmsOutcome.Reason.NOT_ALLOWED);

    private final String realm;
    private final Gateway gateway;
    private final Function<String, Optional<String>> vault;
    private final HttpSmsClient client;

    /**
     * Takes the gateway.
     *
     * @param realm   the name of the realm, for the log
     * @param gateway the gateway
     * @param vault   the secret in an entry of the vault
     * @param client  the client of the server
     */
    HttpSmsSender(String realm, Gateway gateway, Function<String, Optional<String>> vault, HttpSmsClient client) {
        this.realm = realm;
        this.gateway = gateway;
        this.vault = vault;
        this.client = client;
    }

    @Override
    public boolean isIdempotent() {
        return gateway.isIdempotent();
    }

    /** Reads no secret before the host is checked. */
    @Override
    public SmsOutcome send(SmsMessage message, Deadline deadline) {
        try {
            client.check(gateway.origin());
        } catch (RefusedHostException e) {
            LOG.errorf("The gateway of realm %s is refused: %s.", realm, e.getMessage());
            return NOT_ALLOWED;
        } catch (UnknownHostException e) {
            LOG.warnf("The gateway of realm %s has no address: %s", realm, e.getMessage());
            return new SmsOutcome.Unavailable(false);
        }
        Map<String, String> secrets = new LinkedHashMap<>();
        for (String entry : gateway.vaultEntries()) {
            Optional<String> secret = vault.apply(entry);
            if (secret.isEmpty()) {
                LOG.errorf("The vault has no entry %s of realm %s, which its gateway needs.", entry, realm);
                return NOT_ALLOWED;
            }
            secrets.put(entry, secret.get());
        }
        return request(message, secrets)
                .map(request -> client.send(gateway, request, deadline, realm))
                .orElse(NOT_ALLOWED);
    }

    private Optional<GatewayRequest> request(SmsMessage message, Map<String, String> secrets) {
        try {
            return Optional.of(gateway.request(
                    new GatewayMessage(message.id(), message.to(), message.text(), message.from()), secrets));
        } catch (UnfitValueException | IllegalArgumentException e) {
            // these messages quote no value
            LOG.errorf("No request to the gateway of realm %s can be made: %s", realm, e.getMessage());
            return Optional.empty();
        }
    }
}
