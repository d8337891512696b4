package io.github.backupcodes.race;

import io.github.backupcodes.support.KeycloakServer;

/** Where the users come from, which decides where their credentials are kept and how they are read. */
enum Kind {
    LOCAL("local users"),
    LDAP("users imported from LDAP"),
    READ_ONLY("users of a read-only storage"),
    BROKERED("brokered users");

    private final String text;

    Kind(String text) {
        this.text = text;
    }

    /** A realm with users of this kind. */
    People on(KeycloakServer server) {
        return switch (this) {
            case LOCAL -> new LocalPeople(server);
            case LDAP -> new LdapPeople(server);
            case READ_ONLY -> new ReadOnlyPeople(server);
            case BROKERED -> new BrokeredPeople(server);
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
