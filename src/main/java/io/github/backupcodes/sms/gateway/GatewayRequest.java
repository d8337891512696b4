package io.github.backupcodes.sms.gateway;

import java.net.URI;
import java.util.Map;

/** An HTTP request to a gateway, complete with secrets. It is never logged. */
public final class GatewayRequest {

    private final String method;
    private final URI uri;
    private final Map<String, String> headers;
    private final byte[] body;

    GatewayRequest(String method, URI uri, Map<String, String> headers, byte[] body) {
        this.method = method;
        this.uri = uri;
        this.headers = Map.copyOf(headers);
        this.body = body.clone();
    }

    /** POST, PUT or GET. */
    public String method() {
        return method;
    }

    /** The URL with its values. */
    public URI uri() {
        return uri;
    }

    /** The headers, with that of the content type if there is a body. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The body in UTF-8; empty with GET. */
    public byte[] body() {
        return body.clone();
    }
}
