package io.github.backupcodes.race;

import io.github.backupcodes.support.server.KeycloakServer;

/** Where the users come from, which decides where their credentials are kept and how they are read. */
enum UserOrigin {
    LOCAL("local users"),
    LDAP("users imported from LDAP"),
    READ_ONLY("users of a read-only storage"),
    BROKERED("brokered users");

    private final String text;

    UserOrigin(String text) {
        this.text = text;
    }

    /** A realm with users of this kind. */
    RaceUsers on(KeycloakServer server) {
        return switch (this) {
            case LOCAL -> new LocalRaceUsers(server);
            case LDAP -> new LdapRaceUsers(server);
            case READ_ONLY -> new ReadOnlyRaceUsers(server);
            case BROKERED -> new BrokeredRaceUsers(server);
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
