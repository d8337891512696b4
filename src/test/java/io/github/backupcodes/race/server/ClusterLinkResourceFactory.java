package io.github.backupcodes.race.server;

/** Adds {@link ClusterLinkResource}. */
public final class ClusterLinkResourceFactory extends TestResourceFactory {

    /** The step of the path below the realm. */
    public static final String ID = "cluster-link";

    /** Called by Keycloak. */
    public ClusterLinkResourceFactory() {
        super(ID, ClusterLinkResource::new);
    }
}
