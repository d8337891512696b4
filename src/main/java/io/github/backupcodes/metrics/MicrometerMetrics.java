package io.github.backupcodes.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Counts with Micrometer, in the registry of Keycloak's endpoint. Prometheus adds {@code _total} and {@code _seconds}.
 */
final class MicrometerMetrics implements BackupCodesMetrics {

    private static final String REALM = "realm";
    private static final String CHANNEL = "channel";
    private static final String OUTCOME = "outcome";

    private final MeterRegistry registry = Metrics.globalRegistry;

    @Override
    public void setMade(String realm) {
        counter("backup_codes_sets_made", "Sets of backup codes that were saved")
                .tag(REALM, realm)
                .register(registry)
                .increment();
    }

    @Override
    public void accepted(String realm) {
        counter("backup_codes_accepted", "Backup codes that were accepted")
                .tag(REALM, realm)
                .register(registry)
                .increment();
    }

    @Override
    public void refused(String realm, String reason) {
        counter("backup_codes_refused", "Backup codes that were refused")
                .tag(REALM, realm)
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    @Override
    public void paused(String realm) {
        counter("backup_codes_pauses", "Pauses caused by incorrect backup codes")
                .tag(REALM, realm)
                .register(registry)
                .increment();
    }

    @Override
    public void mail(String realm, String kind, Outcome outcome) {
        counter("backup_codes_mails", "Mails about backup codes")
                .tag(REALM, realm)
                .tag("kind", kind)
                .tag(OUTCOME, label(outcome))
                .register(registry)
                .increment();
    }

    @Override
    public void message(String realm, String channel, String purpose, String outcome) {
        counter("backup_codes_messages", "Messages with a code for one sign-in or set-up")
                .tag(REALM, realm)
                .tag(CHANNEL, channel)
                .tag("purpose", purpose)
                .tag(OUTCOME, outcome)
                .register(registry)
                .increment();
    }

    @Override
    public void challenge(String realm, String channel, String outcome) {
        counter("backup_codes_challenges", "Codes of messages that were entered")
                .tag(REALM, realm)
                .tag(CHANNEL, channel)
                .tag(OUTCOME, outcome)
                .register(registry)
                .increment();
    }

    @Override
    public void messageLimited(String realm, String channel, String kind) {
        counter("backup_codes_messages_limited", "Messages with a code that a limit has prevented")
                .tag(REALM, realm)
                .tag(CHANNEL, channel)
                .tag("kind", kind)
                .register(registry)
                .increment();
    }

    @Override
    public void sms(String realm, String callingCode, String outcome) {
        counter("backup_codes_sms", "Text messages with a code by calling code, and codes of them that were accepted")
                .tag(REALM, realm)
                .tag("calling_code", callingCode)
                .tag(OUTCOME, outcome)
                .register(registry)
                .increment();
    }

    @Override
    public void measureQueue(String queue, Supplier<Integer> waiting) {
        Gauge.builder("backup_codes_messages_waiting", waiting, Supplier::get)
                .description("Messages with a code that wait to be sent")
                .tag("queue", queue)
                .strongReference(true)
                .register(registry);
    }

    @Override
    public void measureSingleUseObjects(Supplier<Double> count) {
        Gauge.builder("backup_codes_single_use_objects", count, Supplier::get)
                .description("Entries of codes by message in the database")
                .strongReference(true)
                .register(registry);
    }

    @Override
    public <E extends Exception> void timedSending(Sending<E> sending) throws E {
        Timer timer = Timer.builder("backup_codes_message")
                .description("Time to send a message with a code")
                .register(registry);
        Timer.Sample sample = Timer.start(registry);
        try {
            sending.run();
        } finally {
            sample.stop(timer);
        }
    }

    @Override
    public <T> T timed(Work work, Supplier<T> hashing) {
        return Timer.builder("backup_codes_hash")
                .description("Time to hash the code of an attempt, or the codes of a new set")
                .tag("work", label(work))
                .register(registry)
                .record(hashing);
    }

    private static Counter.Builder counter(String name, String description) {
        return Counter.builder(name).description(description);
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
