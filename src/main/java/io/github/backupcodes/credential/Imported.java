package io.github.backupcodes.credential;

import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorResponse;

/** Credentials that come with a user, in a request or from a file. */
final class Imported {

    private static final Logger LOG = Logger.getLogger(Imported.class);

    private Imported() {}

    /**
     * Takes one over.
     *
     * @param user     whose it is
     * @param imported the credential; a label that its column cannot take is refused, even where it would not be kept
     * @param take     stores it; an {@link UnreadableSetException} is for whoever has sent it: the answer is 400 with its message
     * @return what was stored
     */
    static CredentialModel take(UserModel user, CredentialModel imported, Supplier<CredentialModel> take) {
        try {
            String label = imported.getUserLabel();
            if (label != null && label.length() > BackupCodesCredentialModel.LONGEST_LABEL) {
                throw new UnreadableSetException(
                        "userLabel has more than %d characters".formatted(BackupCodesCredentialModel.LONGEST_LABEL));
            }
            return take.get();
        } catch (UnreadableSetException e) {
            LOG.warnf("User %s: %s", user.getId(), e.getMessage());
            throw ErrorResponse.error(e.getMessage(), Response.Status.BAD_REQUEST);
        }
    }
}
