package io.github.backupcodes.signin;

import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.ClientConnection;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.services.managers.BruteForceProtector;

/**
 * Keycloak's detection of brute force. It hears of failures of a few categories only, and of these {@code otp} alone counts
 * towards the limit of the second factor: a code counts as an OTP would.
 *
 * <p>Its methods take a set of categories since 26.7, and one category in 26.6. Before, there are none: Keycloak reports every
 * failure and every sign-in by itself, and nothing is left to be told.
 */
final class BruteForce {

    private static final @Nullable Method FAILED = withCategory("failedLogin");
    private static final @Nullable Method SUCCESSFUL = withCategory("successfulLogin");

    private final BruteForceProtector protector;
    private final RealmModel realm;

    BruteForce(BruteForceProtector protector, RealmModel realm) {
        this.protector = protector;
        this.realm = realm;
    }

    /** Counts a failure, unless Keycloak does. */
    void failed(UserModel user, ClientConnection connection, UriInfo uri) {
        tell(FAILED, user, connection, uri);
    }

    /** Forgives what was counted, unless Keycloak does. */
    void succeeded(UserModel user, ClientConnection connection, UriInfo uri) {
        tell(SUCCESSFUL, user, connection, uri);
    }

    private void tell(@Nullable Method what, UserModel user, ClientConnection connection, UriInfo uri) {
        if (what == null) {
            return;
        }
        boolean several = what.getParameterTypes()[4] == Set.class;
        try {
            what.invoke(
                    protector,
                    realm,
                    user,
                    connection,
                    uri,
                    several ? Set.of(OTPCredentialModel.TYPE) : OTPCredentialModel.TYPE);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Method withCategory(String name) {
        return Stream.of(BruteForceProtector.class.getMethods())
                .filter(method -> method.getName().equals(name) && method.getParameterCount() == 5)
                .findFirst()
                .orElse(null);
    }
}
