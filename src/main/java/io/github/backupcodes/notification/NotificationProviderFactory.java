package io.github.backupcodes.notification;

import io.github.backupcodes.support.SimpleProviderFactory;

/** Creates {@link NotificationProvider}s. */
public interface NotificationProviderFactory extends SimpleProviderFactory<NotificationProvider> {}
