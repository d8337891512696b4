package io.github.backupcodes.race;

import io.github.backupcodes.support.KeycloakServer;
import java.util.function.Function;

/** Where the users come from, which decides where their credentials are kept and how they are read. */
enum Kind {
    LOCAL("local users", LocalPeople::new),
    LDAP("users imported from LDAP", LdapPeople::new),
    READ_ONLY("users of a read-only storage", ReadOnlyPeople::new),
    BROKERED("brokered users", BrokeredPeople::new);

    private final String text;
    private final Function<KeycloakServer, People> maker;

    Kind(String text, Function<KeycloakServer, People> maker) {
        this.text = text;
        this.maker = maker;
    }

    /** A realm with users of this kind. */
    People on(KeycloakServer server) {
        return maker.apply(server);
    }

    @Override
    public String toString() {
        return text;
    }
}
