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
 * A method by which Keycloak's detection of brute force is told of a login, in the form that this Keycloak has. Which one that is
 * is decided by the exact types of its parameters; one that takes something else is left alone.
 */
final class BruteForceProtectorMethod {

    private static final Logger LOG = Logger.getLogger(BruteForceProtectorMethod.class);

    /** Of later Keycloaks. */
    private static final Form CATEGORIES_AND_IDENTIFIER = new Form(List.of(Set.class, String.class));

    /** 26.7. */
    private static final Form CATEGORIES = new Form(List.of(Set.class));

    /** 26.6. */
    private static final Form CATEGORY = new Form(List.of(String.class));

    /** Up to 26.5: Keycloak reports every failure and every sign-in by itself, and nothing is left to be told. */
    private static final Form NO_CATEGORY = new Form(List.of());

    /** Of the forms that there are at once the first is taken. */
    private static final List<Form> FORMS = List.of(CATEGORIES_AND_IDENTIFIER, CATEGORIES, CATEGORY, NO_CATEGORY);

    /**
     * What a method takes.
     *
     * @param more after realm, user, connection and address
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
     * Looks it up. Where it has none of the known forms, this says so once in the log, and nothing is told.
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
     * Tells the detection, unless Keycloak does that by itself.
     *
     * @param protector  the detection
     * @param category   what kind of credential it was
     * @param identifier what the user was looked up by; null where that is not known
     */
    void tell(
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
