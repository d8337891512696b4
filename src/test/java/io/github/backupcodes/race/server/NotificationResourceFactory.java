package io.github.backupcodes.race.server;

/** Adds {@link NotificationResource}. */
public final class NotificationResourceFactory extends TestResourceFactory {

    /** The step of the path below the realm. */
    public static final String ID = "told-notices";

    /** Called by Keycloak. */
    public NotificationResourceFactory() {
        super(ID, NotificationResource::new);
    }
}
