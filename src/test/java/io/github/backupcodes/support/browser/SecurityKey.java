package io.github.backupcodes.support.browser;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;

/** A security key at a person's browser, played by Chromium; it answers every question at once. */
public final class SecurityKey {

    private SecurityKey() {}

    /** Plugs a key in, for as long as the person's page is open. */
    public static void plugIn(Person person) {
        plugIn(person, false);
    }

    /** Gives a person's browser a place for passkeys, for as long as the person's page is open. */
    public static void keepPasskeys(Person person) {
        plugIn(person, true);
    }

    private static void plugIn(Person person, boolean passkeys) {
        CDPSession session = person.context().newCDPSession(person.page());
        session.send("WebAuthn.enable");
        JsonObject options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", passkeys ? "internal" : "usb");
        options.addProperty("hasResidentKey", passkeys);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", true);
        JsonObject parameters = new JsonObject();
        parameters.add("options", options);
        session.send("WebAuthn.addVirtualAuthenticator", parameters);
    }

    /** An address under which a key can be used: browsers refuse them where the host is a number. */
    public static String address(String url) {
        return url.replaceFirst("^http://127\\.0\\.0\\.1:", "http://localhost:");
    }
}
