package io.github.backupcodes.support;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * A page that follows a decision: a wrong code that was counted, codes that were removed. A page that cannot be rendered must not
 * undo the decision, as an exception would, on which Keycloak rolls the request back (issue 15).
 */
public final class PageResponse {

    private static final Logger LOG = Logger.getLogger(PageResponse.class);

    private PageResponse() {}

    /**
     * Renders a page.
     *
     * @param page renders it
     * @return the page; where that fails, the status 500 without a body
     */
    public static Response of(Supplier<Response> page) {
        try {
            Response rendered = page.get();
            return isWithoutPage(rendered) ? withoutTemplate() : rendered;
        } catch (RuntimeException | StackOverflowError e) {
            // no message: it may quote what was typed
            LOG.errorf("A page was not rendered: %s", e.getClass().getName());
            LOG.debug("Stack trace of the failure", e);
            return withoutTemplate();
        }
    }

    /** So Keycloak answers where a template fails; without a type it then fails the request by itself. */
    private static boolean isWithoutPage(Response rendered) {
        return rendered.getStatusInfo().getFamily() == Response.Status.Family.SERVER_ERROR
                && rendered.getMediaType() == null;
    }

    private static Response withoutTemplate() {
        return Response.serverError().type(MediaType.TEXT_PLAIN_TYPE).build();
    }
}
