package io.github.backupcodes.race.server;

/** Adds {@link RowLockResource}. */
public final class RowLockResourceFactory extends TestResourceFactory {

    /** The step of the path below the realm. */
    public static final String ID = "held-rows";

    /** Called by Keycloak. */
    public RowLockResourceFactory() {
        super(ID, (session, realm, permissions) -> new RowLockResource(session, permissions));
    }
}
