package io.github.backupcodes.screens;

/** The login themes that the screens are looked at in. */
enum LoginTheme {
    /** The default one. */
    NEWER("keycloak.v2", true),
    /** The one before it. */
    OLDER("keycloak", false),
    /** One of an administrator's own, from the base theme: without any class or style of Keycloak's. */
    PLAIN("plain", false),
    /** One of a company, with its own logo and colours on top of the default one. */
    BRANDED("branded", true);

    private final String id;
    private final boolean dark;

    LoginTheme(String id, boolean dark) {
        this.id = id;
        this.dark = dark;
    }

    /** Its name on the server. */
    String id() {
        return id;
    }

    /** Whether it has dark colours too. */
    boolean isDarkToo() {
        return dark;
    }
}
