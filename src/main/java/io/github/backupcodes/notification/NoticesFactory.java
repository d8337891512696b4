package io.github.backupcodes.notification;

import io.github.backupcodes.provider.PlainFactory;

/** Makes {@link Notices}. */
public interface NoticesFactory extends PlainFactory<Notices> {}
