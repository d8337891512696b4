package io.github.backupcodes.support.realm;

/** An answer of the admin REST that is not a success. */
public final class AdminException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String body;

    AdminException(String request, int status, String body) {
        super(request + ": " + status + " " + body);
        this.status = status;
        this.body = body;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** What the server said. */
    public String body() {
        return body;
    }
}
