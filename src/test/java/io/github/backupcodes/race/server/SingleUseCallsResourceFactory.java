package io.github.backupcodes.race.server;

/** Adds {@link SingleUseCallsResource}. */
public final class SingleUseCallsResourceFactory extends TestResourceFactory {

    /** The step of the path below the realm. */
    public static final String ID = "single-use-calls";

    /** Called by Keycloak. */
    public SingleUseCallsResourceFactory() {
        super(ID, SingleUseCallsResource::new);
    }
}
