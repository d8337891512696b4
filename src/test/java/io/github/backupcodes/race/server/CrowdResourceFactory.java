package io.github.backupcodes.race.server;

/** Adds {@link CrowdResource}. */
public final class CrowdResourceFactory extends TestResourceFactory {

    /** The step of the path below the realm. */
    public static final String ID = "crowd";

    /** Called by Keycloak. */
    public CrowdResourceFactory() {
        super(ID, CrowdResource::new);
    }
}
