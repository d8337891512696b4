package io.github.backupcodes.flows;

import io.github.backupcodes.support.realm.HttpPage;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.TestApplication;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** An application that speaks SAML. */
final class SamlClient {

    private static final String CLIENT = "saml-app";

    private SamlClient() {}

    static SamlClient clientIn(RealmAdmin admin) {
        String app = TestApplication.shared().redirectUri().toString();
        admin.post(
                "/clients",
                Map.of(
                        "clientId",
                        CLIENT,
                        "protocol",
                        "saml",
                        "redirectUris",
                        List.of(app),
                        "attributes",
                        Map.of(
                                "saml.client.signature",
                                "false",
                                "saml.force.post.binding",
                                "true",
                                "saml_assertion_consumer_url_post",
                                app)));
        return new SamlClient();
    }

    /** Where the application sends people to sign in: an {@code AuthnRequest} in the redirect binding. */
    URI request(String realm) {
        String endpoint = realm + "/protocol/saml";
        String xml = """
                <samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_%s" Version="2.0" \
                IssueInstant="%s" Destination="%s"><saml:Issuer \
                xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">%s</saml:Issuer></samlp:AuthnRequest>""".formatted(UUID.randomUUID(), Instant.now().truncatedTo(ChronoUnit.SECONDS), endpoint, CLIENT);
        return URI.create(endpoint + "?SAMLRequest=" + URLEncoder.encode(deflated(xml), StandardCharsets.UTF_8));
    }

    /** Whether a page hands a successful response over to the application. */
    boolean isSuccess(HttpPage page) {
        String response = page.document().select("[name=SAMLResponse]").attr("value");
        return new String(Base64.getMimeDecoder().decode(response), StandardCharsets.UTF_8)
                .contains("urn:oasis:names:tc:SAML:2.0:status:Success");
    }

    private static String deflated(String xml) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater =
                new DeflaterOutputStream(bytes, new Deflater(Deflater.DEFAULT_COMPRESSION, true))) {
            deflater.write(xml.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
