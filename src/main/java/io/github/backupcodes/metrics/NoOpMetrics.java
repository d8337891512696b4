package io.github.backupcodes.metrics;

import java.util.function.Supplier;

/** Metrics without effect, for servers without Micrometer. */
final class NoOpMetrics implements BackupCodesMetrics {

    @Override
    public void setMade(String realm) {}

    @Override
    public void accepted(String realm) {}

    @Override
    public void refused(String realm, String reason) {}

    @Override
    public void paused(String realm) {}

    @Override
    public void mail(String realm, String kind, Outcome outcome) {}

    @Override
    public void message(String realm, String channel, String purpose, String outcome) {}

    @Override
    public void challenge(String realm, String channel, String outcome) {}

    @Override
    public void messageLimited(String realm, String channel, String kind) {}

    @Override
    public void sms(String realm, String callingCode, String outcome) {}

    @Override
    public void measureQueue(String queue, Supplier<Integer> waiting) {}

    @Override
    public void measureSingleUseObjects(Supplier<Double> count) {}

    @Override
    public <E extends Exception> void timedSending(Sending<E> sending) throws E {
        sending.run();
    }

    @Override
    public <T> T timed(Work work, Supplier<T> hashing) {
        return hashing.get();
    }
}
