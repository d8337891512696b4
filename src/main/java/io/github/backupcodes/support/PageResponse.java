package io.github.backupcodes.support;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Renders a page that follows a decision, such as a failed attempt that was counted or codes that were removed. A page
 * that cannot be rendered must not undo the decision, as an exception would: Keycloak then rolls back the request
 * (issue 15).
 */
public final class PageResponse {

    private static final Logger LOG = Logger.getLogger(PageResponse.class);

    private PageResponse() {}

    /**
     * Renders a page.
     *
     * @param page renders it
     * @return the page; status 500 without a body if rendering fails
     */
    public static Response of(Supplier<Response> page) {
        try {
            Response rendered = page.get();
            return isTemplateFailure(rendered) ? errorWithoutBody() : rendered;
        } catch (RuntimeException | StackOverflowError e) {
            // without the message, which may quote what was typed
            LOG.errorf("A page was not rendered: %s", e.getClass().getName());
            LOG.debug("Stack trace of the failure", e);
            return errorWithoutBody();
        }
    }

    /** Keycloak's response if a template fails; without a media type Keycloak then fails the request itself. */
    private static boolean isTemplateFailure(Response rendered) {
        return rendered.getStatusInfo().getFamily() == Response.Status.Family.SERVER_ERROR
                && rendered.getMediaType() == null;
    }

    private static Response errorWithoutBody() {
        return Response.serverError().type(MediaType.TEXT_PLAIN_TYPE).build();
    }
}
