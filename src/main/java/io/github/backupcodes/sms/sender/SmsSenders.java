package io.github.backupcodes.sms.sender;

import io.github.backupcodes.policy.SmsCodePolicy;
import io.github.backupcodes.support.RequiredActions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;

/** Finds the sender of text messages of a realm, tells why there is none, and sends. */
public final class SmsSenders {

    private static final Logger LOG = Logger.getLogger(SmsSenders.class);

    /** Bounds the memory for what was logged. */
    private static final int MOST_REALMS = 10_000;

    private static final Map<String, String> LOGGED = new ConcurrentHashMap<>();

    private static final SmsRetry RETRY = new SmsRetry();

    private final KeycloakSession session;
    private final String id;

    private SmsSenders(KeycloakSession session, String id) {
        this.session = session;
        this.id = id;
    }

    /**
     * The senders of a realm.
     *
     * @param session a session whose realm is the realm
     * @param realm   the realm
     */
    public static SmsSenders of(KeycloakSession session, RealmModel realm) {
        return new SmsSenders(session, id(realm));
    }

    private static String id(RealmModel realm) {
        return RequiredActions.registered(realm, SmsCodePolicy.REQUIRED_ACTION)
                .map(RequiredActionProviderModel::getConfig)
                .map(config -> config.get(SmsCodePolicy.SENDER))
                .map(String::strip)
                .orElse("");
    }

    /** The sender that the realm has chosen; empty if it has chosen none, or one that is not there or disabled. */
    public Optional<SmsSender> configured() {
        return factory().map(factory -> session.getProvider(SmsSender.class, id));
    }

    private Optional<SmsSenderFactory> factory() {
        return id.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(session.getKeycloakSessionFactory().getProviderFactory(SmsSender.class, id))
                        .filter(SmsSenderFactory.class::isInstance)
                        .map(SmsSenderFactory.class::cast);
    }

    /**
     * Makes a message ready to be sent. What is returned sends it, with at most two tries in at most 8 seconds, and may be called after
     * the transaction of the session was committed.
     *
     * @return what sends it and tells what became of it; refused if the realm has no sender
     */
    public Supplier<SmsOutcome> prepare(SmsMessage message) {
        Optional<SmsSender> sender = configured();
        return () -> sender.map(provider -> RETRY.send(provider, message))
                .orElseGet(() -> new SmsOutcome.Refused(SmsOutcome.Reason.NOT_ALLOWED));
    }

    /**
     * Why a realm cannot send text messages. It is computed once a session and logged when it changes. It contacts no gateway, so a
     * realm without a problem may still be unable to send.
     *
     * @param session a session whose realm is the realm
     * @param realm   the realm
     * @return a sentence for administrators; empty if nothing is known to be wrong. Never throws
     */
    public static Optional<String> problem(KeycloakSession session, RealmModel realm) {
        String attribute = SmsSenders.class.getName() + '.' + realm.getId();
        String known = session.getAttribute(attribute, String.class);
        if (known == null) {
            known = find(session, realm);
            session.setAttribute(attribute, known);
            log(realm, known);
        }
        return Optional.of(known).filter(problem -> !problem.isEmpty());
    }

    private static String find(KeycloakSession session, RealmModel realm) {
        try {
            SmsSenders senders = of(session, realm);
            if (senders.id.isEmpty()) {
                return "No sender of text messages is chosen. Set `" + SmsCodePolicy.SENDER
                        + "` in the required action " + SmsCodePolicy.REQUIRED_ACTION + '.';
            }
            return senders.factory()
                    .map(factory -> factory.problem(session, realm).orElse(""))
                    .orElse("The sender of text messages that is chosen is not installed or is disabled. Correct `"
                            + SmsCodePolicy.SENDER + "` in the required action " + SmsCodePolicy.REQUIRED_ACTION + '.');
        } catch (RuntimeException e) {
            LOG.debug("Stack trace of the failure", e);
            return "The sender of text messages cannot be asked: "
                    + e.getClass().getName();
        }
    }

    private static void log(RealmModel realm, String problem) {
        if (LOGGED.size() >= MOST_REALMS) {
            LOGGED.clear();
        }
        String before = LOGGED.put(realm.getId(), problem);
        if (!problem.isEmpty() && !problem.equals(before)) {
            LOG.warnf("Realm %s cannot send text messages. %s", realm.getName(), problem);
        }
    }
}
