package io.github.backupcodes.sms.gateway;

/** The description of a gateway is invalid. The message contains no value, because a value may contain a secret. */
public final class InvalidGatewayException extends Exception {

    private static final long serialVersionUID = 1L;

    private final GatewayField field;
    private final GatewayFault fault;

    InvalidGatewayException(GatewayField field, GatewayFault fault) {
        super(field.option() + ' ' + fault.description());
        this.field = field;
        this.fault = fault;
    }

    /** What is invalid. */
    public GatewayField field() {
        return field;
    }

    /** Why it is invalid. */
    public GatewayFault fault() {
        return fault;
    }
}
