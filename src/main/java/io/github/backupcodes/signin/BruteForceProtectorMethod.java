package io.github.backupcodes.signin;

import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.ClientConnection;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The method that reports a login to Keycloak's brute force detection, in the form that this Keycloak has. The exact types of its
 * parameters tell which form it is; a method with other parameters is not called.
 */
final class BruteForceProtectorMethod {

    private static final Logger LOG = Logger.getLogger(BruteForceProtectorMethod.class);

    /** Of later Keycloaks. */
    private static final Form CATEGORIES_AND_IDENTIFIER = new Form(List.of(Set.class, String.class));

    /** 26.7. */
    private static final Form CATEGORIES = new Form(List.of(Set.class));

    /** 26.6. */
    private static final Form CATEGORY = new Form(List.of(String.class));

    /** Up to 26.5: Keycloak reports every failure and every sign-in by itself, and nothing is left to report. */
    private static final Form NO_CATEGORY = new Form(List.of());

    /** If a Keycloak has several forms, the first is used. */
    private static final List<Form> FORMS = List.of(CATEGORIES_AND_IDENTIFIER, CATEGORIES, CATEGORY, NO_CATEGORY);

    /**
     * The parameters of a method.
     *
     * @param more the types after realm, user, connection and address
     */
    private record Form(List<Class<?>> more) {

        Optional<Method> in(Class<?> protector, String name) {
            Class<?>[] parameters = Stream.concat(
                            Stream.of(RealmModel.class, UserModel.class, ClientConnection.class, UriInfo.class),
                            more.stream())
                    .toArray(Class<?>[]::new);
            try {
                return Optional.of(protector.getMethod(name, parameters));
            } catch (NoSuchMethodException e) {
                return Optional.empty();
            }
        }
    }

    private final @Nullable Form form;
    private final @Nullable Method method;

    private BruteForceProtectorMethod(@Nullable Form form, @Nullable Method method) {
        this.form = form;
        this.method = method;
    }

    /**
     * Looks the method up. If it has none of the known forms, the log says so once, and nothing is reported.
     *
     * @param protector the interface of the detection
     */
    static BruteForceProtectorMethod in(Class<?> protector, String name) {
        for (Form form : FORMS) {
            Optional<Method> method = form.in(protector, name);
            if (method.isPresent()) {
                return new BruteForceProtectorMethod(form, method.get());
            }
        }
        LOG.warnf(
                "%s.%s of this Keycloak is unknown: backup codes are counted for their set, but not for the realm's brute"
                        + " force detection",
                protector.getSimpleName(), name);
        return new BruteForceProtectorMethod(null, null);
    }

    /**
     * Reports a login, unless Keycloak does that by itself.
     *
     * @param protector  the detection
     * @param category   what kind of credential it was
     * @param identifier the name by which the user was looked up; null if it is not known
     */
    void report(
            Object protector,
            RealmModel realm,
            UserModel user,
            ClientConnection connection,
            UriInfo uri,
            String category,
            @Nullable String identifier) {
        if (form == null || method == null || form.equals(NO_CATEGORY)) {
            return;
        }
        Object categories = form.equals(CATEGORY) ? category : Set.of(category);
        try {
            if (form.equals(CATEGORIES_AND_IDENTIFIER)) {
                method.invoke(protector, realm, user, connection, uri, categories, identifier);
            } else {
                method.invoke(protector, realm, user, connection, uri, categories);
            }
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
