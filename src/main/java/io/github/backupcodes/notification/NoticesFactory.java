package io.github.backupcodes.notification;

import org.keycloak.provider.ProviderFactory;

/** Makes {@link Notices}. */
public interface NoticesFactory extends ProviderFactory<Notices> {}
