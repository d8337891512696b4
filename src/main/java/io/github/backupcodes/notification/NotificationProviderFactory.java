package io.github.backupcodes.notification;

import io.github.backupcodes.support.SimpleProviderFactory;

/** Makes {@link NotificationProvider}. */
public interface NotificationProviderFactory extends SimpleProviderFactory<NotificationProvider> {}
