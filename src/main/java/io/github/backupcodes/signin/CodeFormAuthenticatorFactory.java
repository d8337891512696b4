package io.github.backupcodes.signin;

import io.github.backupcodes.support.SimpleProviderFactory;
import java.util.List;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.provider.ProviderConfigProperty;

/** Factory for the forms that accept codes, with what they have in common in a flow. */
interface CodeFormAuthenticatorFactory extends AuthenticatorFactory, SimpleProviderFactory<Authenticator> {

    @Override
    default boolean isConfigurable() {
        return true;
    }

    @Override
    default Requirement[] getRequirementChoices() {
        return new Requirement[] {Requirement.REQUIRED, Requirement.ALTERNATIVE, Requirement.DISABLED};
    }

    @Override
    default boolean isUserSetupAllowed() {
        return true;
    }

    @Override
    default List<ProviderConfigProperty> getConfigProperties() {
        return List.of(CodeLoginEligibility.setting());
    }
}
