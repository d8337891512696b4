package io.github.backupcodes.enrollment;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.requiredactions.WebAuthnRegisterFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.utils.RequiredActionHelper;

/** What can be set up in place of a lost second factor, by a required action of Keycloak's. */
enum Replacement {
    /** An authenticator app. */
    APP(UserModel.RequiredAction.CONFIGURE_TOTP.name(), OTPCredentialModel.TYPE),

    /** A security key. */
    KEY(WebAuthnRegisterFactory.PROVIDER_ID, WebAuthnCredentialModel.TYPE_TWOFACTOR);

    private final String action;
    private final String type;

    Replacement(String action, String type) {
        this.action = action;
        this.type = type;
    }

    /** The id of the required action. */
    String action() {
        return action;
    }

    /** The type of the credential that it makes. */
    String type() {
        return type;
    }

    /** The one that an action makes, if any. */
    static Optional<Replacement> madeBy(@Nullable String action) {
        return Arrays.stream(values())
                .filter(replacement -> replacement.action.equals(action))
                .findFirst();
    }

    /** Under which name the realm has the action; nothing where it is not enabled. */
    Optional<String> alias(RealmModel realm) {
        return Optional.ofNullable(RequiredActionHelper.getRequiredActionByProviderId(realm, action))
                .filter(RequiredActionProviderModel::isEnabled)
                .map(RequiredActionProviderModel::getAlias);
    }
}
