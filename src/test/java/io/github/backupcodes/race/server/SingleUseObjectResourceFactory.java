package io.github.backupcodes.race.server;

/** Adds {@link SingleUseObjectResource}. */
public final class SingleUseObjectResourceFactory extends TestResourceFactory {

    /** The step of the path below the realm. */
    public static final String ID = "single-use-objects";

    /** Called by Keycloak. */
    public SingleUseObjectResourceFactory() {
        super(ID, (session, realm, permissions) -> new SingleUseObjectResource(session, permissions));
    }
}
