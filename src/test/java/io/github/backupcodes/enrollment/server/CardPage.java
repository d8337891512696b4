package io.github.backupcodes.enrollment.server;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** The page of the card. */
final class CardPage {

    private CardPage() {}

    static Response of(String id, URI action) {
        return Response.ok(
                        "<!doctype html><title>Card</title><form id='%s' method='post' action='%s'><input name='number'></form>"
                                .formatted(id, action.toString().replace("&", "&amp;")),
                        MediaType.TEXT_HTML_TYPE)
                .build();
    }
}
