package io.github.backupcodes.race;

/** What the page says, as people read it in English. */
enum RefusalMessage {
    USED("This code has already been used"),
    REPLACED("This code is from an older list"),
    WRONG("This isn’t one of your backup codes"),
    PAUSED("Too many incorrect backup codes. Wait"),
    DISABLED("Your backup codes were disabled after too many incorrect attempts"),
    BUSY("We couldn’t check your code just now");

    private final String start;

    RefusalMessage(String start) {
        this.start = start;
    }

    boolean says(String text) {
        return text.startsWith(start);
    }
}
