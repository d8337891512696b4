package io.github.backupcodes.enrollment;

import io.github.backupcodes.afteruse.CodeUsedPage;
import io.github.backupcodes.credential.UserBackupCodes;
import io.github.backupcodes.loginstrength.SignInStrength;
import io.github.backupcodes.policy.BackupCodesPolicy;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The objects that one request to the required action needs. Each is created when it is first used, and only once: Keycloak calls
 * the action in every sign-in of every user.
 */
final class BackupCodesActionContext {

    private final RequiredActionContext context;
    private final SecureRandom random;
    private final Supplier<BackupCodesPolicy> policy;
    private final Supplier<UserBackupCodes> codes;
    private final Supplier<SignInStrength> strength;
    private final Supplier<CodeUsedPage> codeUsedPage;
    private final Supplier<CodeSetupPrompt> prompt;
    private final Supplier<NewCodesPage> newCodesPage;

    /**
     * Takes the request.
     *
     * @param context the request, as Keycloak gives it to the action
     * @param random  the source of new codes
     */
    BackupCodesActionContext(RequiredActionContext context, SecureRandom random) {
        this.context = context;
        this.random = random;
        this.policy = once(() -> BackupCodesPolicy.of(realm()));
        this.codes = once(() -> UserBackupCodes.of(session(), user()));
        this.strength = once(() -> new SignInStrength(context));
        this.codeUsedPage = once(() -> new CodeUsedPage(context, strength()));
        this.prompt = once(() -> new CodeSetupPrompt(this));
        this.newCodesPage = once(() -> new NewCodesPage(this));
    }

    private static <T> Supplier<T> once(Supplier<T> create) {
        AtomicReference<T> created = new AtomicReference<>();
        return () -> created.updateAndGet(present -> present == null ? create.get() : present);
    }

    /** The request, as Keycloak gives it to the action. */
    RequiredActionContext keycloak() {
        return context;
    }

    KeycloakSession session() {
        return context.getSession();
    }

    RealmModel realm() {
        return context.getRealm();
    }

    UserModel user() {
        return context.getUser();
    }

    AuthenticationSessionModel signIn() {
        return context.getAuthenticationSession();
    }

    SecureRandom random() {
        return random;
    }

    BackupCodesPolicy policy() {
        return policy.get();
    }

    UserBackupCodes codes() {
        return codes.get();
    }

    SignInStrength strength() {
        return strength.get();
    }

    CodeUsedPage codeUsedPage() {
        return codeUsedPage.get();
    }

    CodeSetupPrompt prompt() {
        return prompt.get();
    }

    NewCodesPage newCodesPage() {
        return newCodesPage.get();
    }
}
