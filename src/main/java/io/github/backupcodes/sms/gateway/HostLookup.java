package io.github.backupcodes.sms.gateway;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Asks the name service. */
@FunctionalInterface
public interface HostLookup {

    /**
     * All addresses of a host.
     *
     * @param host a name or a literal, without brackets
     * @throws UnknownHostException if it has none, or if the name service does not answer
     */
    InetAddress[] addresses(String host) throws UnknownHostException;
}
