package io.github.backupcodes.signin;

import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.InvocationTargetException;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.common.ClientConnection;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.services.managers.BruteForceProtector;

/**
 * Reports logins to Keycloak's brute force detection. Keycloak reports failures of a few categories only, and of these only
 * {@code otp} counts towards the limit of the second factor: a code counts like an OTP. If a realm counts recovery codes separately,
 * backup codes count like recovery codes.
 */
final class BruteForceReporter {

    private static final BruteForceProtectorMethod FAILED =
            BruteForceProtectorMethod.in(BruteForceProtector.class, "failedLogin");
    private static final BruteForceProtectorMethod SUCCESSFUL =
            BruteForceProtectorMethod.in(BruteForceProtector.class, "successfulLogin");

    /** The method of a realm that returns the categories that are counted separately. Later Keycloaks have it. */
    private static final String OWN_COUNTS = "getBruteForceProtectedAuthChannels";

    private final BruteForceProtector protector;
    private final RealmModel realm;

    BruteForceReporter(BruteForceProtector protector, RealmModel realm) {
        this.protector = protector;
        this.realm = realm;
    }

    /** Counts a wrong code in a sign-in, if the realm detects brute force. */
    static void failed(AuthenticationFlowContext context) {
        if (context.getRealm().isBruteForceProtected()) {
            new BruteForceReporter(context.getProtector(), context.getRealm())
                    .failed(
                            context.getUser(),
                            context.getConnection(),
                            context.getUriInfo(),
                            context.getAuthenticationSession()
                                    .getAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME));
        }
    }

    /**
     * Counts a failure, unless Keycloak does.
     *
     * @param identifier the name that was entered for the user; null if it is not known
     */
    void failed(UserModel user, ClientConnection connection, UriInfo uri, @Nullable String identifier) {
        FAILED.report(protector, realm, user, connection, uri, category(RealmModel.class, realm), identifier);
    }

    /**
     * Resets the count, unless Keycloak does.
     *
     * @param identifier as it was when the failures were counted
     */
    void succeeded(UserModel user, ClientConnection connection, UriInfo uri, @Nullable String identifier) {
        SUCCESSFUL.report(protector, realm, user, connection, uri, category(RealmModel.class, realm), identifier);
    }

    /**
     * Returns the category that a code counts as.
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
