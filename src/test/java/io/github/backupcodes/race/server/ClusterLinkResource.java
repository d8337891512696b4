package io.github.backupcodes.race.server;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.Provider;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * Cuts this server off from the others of its cluster, as a broken network between them does; database and clients still reach it.
 * JGroups is not among the libraries of the tests, so it is called by reflection.
 */
public final class ClusterLinkResource {

    private static final String CACHES = "org.keycloak.connections.infinispan.InfinispanConnectionProvider";
    private static final String MEMBERSHIP = "org.jgroups.protocols.pbcast.GMS";
    private static final String DISCARD = "org.jgroups.protocols.DISCARD";

    private final KeycloakSession session;
    private final AdminPermissionEvaluator permissions;

    ClusterLinkResource(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator permissions) {
        this.session = session;
        this.permissions = permissions;
    }

    /** From now on nothing is sent or received, and this server is the only one that it knows of. */
    @POST
    public void cut() throws ReflectiveOperationException {
        permissions.realm().requireManageRealm();
        Object channel = channel();
        Object stack = call(channel, "getProtocolStack");
        Object discard = Class.forName(DISCARD).getConstructor().newInstance();
        discard.getClass().getMethod("discardAll", boolean.class).invoke(discard, true);
        Class<?> position = Class.forName("org.jgroups.stack.ProtocolStack$Position");
        Class<?> protocol = Class.forName("org.jgroups.stack.Protocol");
        stack.getClass()
                .getMethod("insertProtocol", protocol, position, Class.class)
                .invoke(
                        stack,
                        discard,
                        position.getField("ABOVE").get(null),
                        Class.forName("org.jgroups.protocols.TP"));
        // it would find out by itself when it has not heard of the others for a while
        Object self = call(channel, "getAddress");
        long next = (long) call(call(call(channel, "getView"), "getViewId"), "getId") + 1;
        Class<?> view = Class.forName("org.jgroups.View");
        Object alone = view.getConstructor(Class.forName("org.jgroups.Address"), long.class, List.class)
                .newInstance(self, next, List.of(self));
        Object membership =
                stack.getClass().getMethod("findProtocol", Class.class).invoke(stack, Class.forName(MEMBERSHIP));
        membership.getClass().getMethod("installView", view).invoke(membership, alone);
    }

    /** Ends it. The servers find each other again after a while. */
    @DELETE
    public void mend() throws ReflectiveOperationException {
        permissions.realm().requireManageRealm();
        Object stack = call(channel(), "getProtocolStack");
        stack.getClass().getMethod("removeProtocol", Class.class).invoke(stack, Class.forName(DISCARD));
    }

    private Object channel() throws ReflectiveOperationException {
        Provider caches = session.getProvider(Class.forName(CACHES).asSubclass(Provider.class));
        Object cache = Class.forName(CACHES).getMethod("getCache", String.class).invoke(caches, "actionTokens");
        Object manager = Class.forName("org.infinispan.Cache")
                .getMethod("getCacheManager")
                .invoke(cache);
        Object transport = Class.forName("org.infinispan.factories.GlobalComponentRegistry")
                .getMethod("componentOf", Class.forName("org.infinispan.manager.EmbeddedCacheManager"), Class.class)
                .invoke(null, manager, Class.forName("org.infinispan.remoting.transport.Transport"));
        return call(transport, "getChannel");
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }
}
