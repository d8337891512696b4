package io.github.backupcodes.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.keycloak.common.ClientConnection;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.BruteForceProtector;

/** The detection of brute force is told of a failure in the form that a Keycloak has, and not at all in one that is not known. */
class BruteForceProtectorMethodTest {

    private static final String NAME = "failedLogin";

    private final List<List<@Nullable Object>> told = new ArrayList<>();

    /** As to come after 26.7. */
    interface WithIdentifier {
        void failedLogin(
                RealmModel realm,
                UserModel user,
                ClientConnection connection,
                UriInfo uri,
                Set<String> categories,
                @Nullable String identifier);

        void failedLogin(
                RealmModel realm, UserModel user, ClientConnection connection, UriInfo uri, Set<String> categories);
    }

    /** 26.7. */
    interface WithCategories {
        void failedLogin(
                RealmModel realm, UserModel user, ClientConnection connection, UriInfo uri, Set<String> categories);
    }

    /** 26.6. */
    interface WithCategory {
        void failedLogin(RealmModel realm, UserModel user, ClientConnection connection, UriInfo uri, String category);
    }

    /** Up to 26.5. */
    interface WithoutCategory {
        void failedLogin(RealmModel realm, UserModel user, ClientConnection connection, UriInfo uri);
    }

    /** Five and six parameters, and none of them what is meant. */
    interface Unknown {
        void failedLogin(RealmModel realm, UserModel user, ClientConnection connection, UriInfo uri, List<String> more);

        void failedLogin(
                RealmModel realm, UserModel user, ClientConnection connection, UriInfo uri, String one, String other);
    }

    @Test
    void each_form_hears_of_a_failure_once_and_in_its_own_way() {
        assertThat(tell(WithIdentifier.class)).containsExactly(Arrays.asList(Set.of("otp"), "alice"));
        assertThat(tell(WithCategories.class)).containsExactly(List.of(Set.of("otp")));
        assertThat(tell(WithCategory.class)).containsExactly(List.of("otp"));
    }

    @Test
    void where_keycloak_reports_by_itself_and_where_the_form_is_not_known_nothing_is_told() {
        assertThat(tell(WithoutCategory.class)).isEmpty();
        assertThat(tell(Unknown.class)).isEmpty();
    }

    @Test
    void the_keycloak_that_this_is_made_with_has_one_of_the_forms() {
        assertThat(tell(BruteForceProtector.class)).containsExactly(List.of(Set.of("otp")));
    }

    @Test
    void a_failure_of_the_detection_comes_as_it_is() {
        Object failing = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {WithCategory.class}, (proxy, method, arguments) -> {
                    throw new IllegalArgumentException("from within");
                });
        assertThatThrownBy(() -> report(WithCategory.class, failing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("from within");
    }

    /** A realm that has what a later Keycloak may have. */
    interface LaterRealm {
        List<String> getBruteForceProtectedAuthChannels();
    }

    @Test
    void a_code_counts_as_an_otp_unless_recovery_codes_count_for_themselves() {
        assertThat(category(List.of())).isEqualTo("otp");
        assertThat(category(List.of("password", "otp"))).isEqualTo("otp");
        assertThat(category(List.of("password", " Recovery-Authn-Codes "))).isEqualTo("recovery-authn-codes");
        assertThat(BruteForceReporter.category(RealmModel.class, new Object())).isEqualTo("otp");
    }

    private static String category(List<String> own) {
        LaterRealm realm = () -> own;
        return BruteForceReporter.category(LaterRealm.class, realm);
    }

    private List<List<@Nullable Object>> tell(Class<?> type) {
        told.clear();
        Object protector = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    told.add(Arrays.asList(arguments).subList(4, arguments.length));
                    return null;
                });
        report(type, protector);
        return List.copyOf(told);
    }

    @SuppressWarnings("NullAway") // what is passed on is not looked at
    private static void report(Class<?> type, Object protector) {
        BruteForceProtectorMethod.in(type, NAME).report(protector, null, null, null, null, "otp", "alice");
    }
}
