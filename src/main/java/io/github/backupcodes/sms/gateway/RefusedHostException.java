package io.github.backupcodes.sms.gateway;

import java.net.UnknownHostException;

/** A host must not be connected to. For a client it is as unknown as one without an address. */
public final class RefusedHostException extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    RefusedHostException(String reason) {
        super(reason);
    }
}
