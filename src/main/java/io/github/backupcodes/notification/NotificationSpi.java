package io.github.backupcodes.notification;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Registers {@link NotificationProvider} with Keycloak. */
public final class NotificationSpi implements Spi {

    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return "backup-codes-notices";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return NotificationProvider.class;
    }

    @Override
    @SuppressWarnings("rawtypes") // as declared in the interface
    public Class<? extends ProviderFactory> getProviderFactoryClass() {
        return NotificationProviderFactory.class;
    }
}
