package io.github.backupcodes.race;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import io.github.backupcodes.support.realm.RealmAdmin;
import io.github.backupcodes.support.realm.UserAdmin;
import io.github.backupcodes.support.server.KeycloakServer;
import io.github.backupcodes.support.server.LoopbackAddress;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Users whom Keycloak's LDAP provider imports from a directory on loopback. */
final class LdapRaceUsers extends RaceUsers {

    private static final String BASE = "dc=example,dc=org";
    private static final String USERS = "ou=people," + BASE;
    private static final String ADMIN = "cn=admin";

    private final InMemoryDirectoryServer directory;

    LdapRaceUsers(KeycloakServer server) {
        super(server);
        LoopbackAddress.mustBeReached("the directory of the tests");
        directory = directory();
        RealmAdmin admin = realm().admin();
        Map<String, List<String>> config = new LinkedHashMap<>();
        Map.ofEntries(
                        Map.entry("enabled", "true"),
                        Map.entry("priority", "0"),
                        Map.entry("vendor", "other"),
                        Map.entry("editMode", "READ_ONLY"),
                        Map.entry("importEnabled", "true"),
                        Map.entry("connectionUrl", "ldap://127.0.0.1:" + directory.getListenPort()),
                        Map.entry("authType", "simple"),
                        Map.entry("bindDn", ADMIN),
                        Map.entry("bindCredential", PASSWORD),
                        Map.entry("usersDn", USERS),
                        Map.entry("usernameLDAPAttribute", "uid"),
                        Map.entry("rdnLDAPAttribute", "uid"),
                        Map.entry("uuidLDAPAttribute", "entryUUID"),
                        Map.entry("userObjectClasses", "inetOrgPerson"))
                .forEach((key, value) -> config.put(key, List.of(value)));
        admin.post(
                "/components",
                Map.of(
                        "name",
                        "directory",
                        "providerId",
                        "ldap",
                        "providerType",
                        "org.keycloak.storage.UserStorageProvider",
                        "config",
                        config));
    }

    private static InMemoryDirectoryServer directory() {
        try {
            InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
            config.addAdditionalBindCredentials(ADMIN, PASSWORD);
            config.setListenerConfigs(
                    new InMemoryListenerConfig("loopback", InetAddress.getLoopbackAddress(), 0, null, null, null));
            InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
            server.add("dn: " + BASE, "objectClass: domain", "dc: example");
            server.add("dn: " + USERS, "objectClass: organizationalUnit", "ou: people");
            server.startListening();
            return server;
        } catch (LDAPException | LDIFException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    UserAdmin make(String username) {
        try {
            directory.add(
                    "dn: uid=" + username + "," + USERS,
                    "objectClass: inetOrgPerson",
                    "uid: " + username,
                    "cn: First-" + username,
                    "sn: Last-" + username,
                    "mail: " + username + "@example.org",
                    "userPassword: " + PASSWORD);
        } catch (LDAPException | LDIFException e) {
            throw new IllegalStateException(e);
        }
        // a search for a user imports the user
        return realm().admin().userNamed(username);
    }

    @Override
    public void close() {
        super.close();
        directory.shutDown(true);
    }
}
