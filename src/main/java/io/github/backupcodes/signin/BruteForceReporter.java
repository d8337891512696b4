package io.github.backupcodes.signin;

import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.InvocationTargetException;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.ClientConnection;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.services.managers.BruteForceProtector;

/**
 * Keycloak's detection of brute force. It hears of failures of a few categories only, and of these {@code otp} alone counts
 * towards the limit of the second factor: a code counts as an OTP would. Where a realm has recovery codes count for themselves,
 * backup codes count as these.
 */
final class BruteForceReporter {

    private static final BruteForceProtectorMethod FAILED =
            BruteForceProtectorMethod.in(BruteForceProtector.class, "failedLogin");
    private static final BruteForceProtectorMethod SUCCESSFUL =
            BruteForceProtectorMethod.in(BruteForceProtector.class, "successfulLogin");

    /** Of a realm: the categories that count for themselves. Later Keycloaks have it. */
    private static final String OWN_COUNTS = "getBruteForceProtectedAuthChannels";

    private final BruteForceProtector protector;
    private final RealmModel realm;

    BruteForceReporter(BruteForceProtector protector, RealmModel realm) {
        this.protector = protector;
        this.realm = realm;
    }

    /**
     * Counts a failure, unless Keycloak does.
     *
     * @param identifier what was typed as the name of the user; null where that is not known
     */
    void failed(UserModel user, ClientConnection connection, UriInfo uri, @Nullable String identifier) {
        FAILED.tell(protector, realm, user, connection, uri, category(RealmModel.class, realm), identifier);
    }

    /**
     * Forgives what was counted, unless Keycloak does.
     *
     * @param identifier as it was when the failures were counted
     */
    void succeeded(UserModel user, ClientConnection connection, UriInfo uri, @Nullable String identifier) {
        SUCCESSFUL.tell(protector, realm, user, connection, uri, category(RealmModel.class, realm), identifier);
    }

    /**
     * As what a code counts.
     *
     * @param type the interface of the realm
     */
    static String category(Class<?> type, Object realm) {
        try {
            Object categories = type.getMethod(OWN_COUNTS).invoke(realm);
            return categories instanceof Collection<?> own
                            && own.stream().anyMatch(BruteForceReporter::isOfRecoveryCodes)
                    ? RecoveryAuthnCodesCredentialModel.TYPE
                    : OTPCredentialModel.TYPE;
        } catch (NoSuchMethodException e) {
            return OTPCredentialModel.TYPE;
        } catch (InvocationTargetException | IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isOfRecoveryCodes(Object category) {
        return RecoveryAuthnCodesCredentialModel.TYPE.equals(
                category.toString().trim().toLowerCase(Locale.ROOT));
    }
}
