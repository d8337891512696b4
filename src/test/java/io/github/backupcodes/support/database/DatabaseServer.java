package io.github.backupcodes.support.database;

/** A database server of the tests. */
public interface DatabaseServer extends AutoCloseable {

    /** Makes an empty database. */
    String createDatabase();

    /** What a Keycloak needs to use a database. */
    String[] options(String database);

    /** Stops it and deletes its data. */
    @Override
    void close();
}
