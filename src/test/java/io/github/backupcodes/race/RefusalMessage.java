package io.github.backupcodes.race;

/** What the page says, as people read it in English. */
enum RefusalMessage {
    USED("This code has already been used"),
    REPLACED("This code is from an older list"),
    WRONG("This is not one of your backup codes"),
    PAUSED("Too many wrong backup codes. Wait"),
    DISABLED("Too many wrong codes: your backup codes have been turned off"),
    BUSY("We could not check your code just now");

    private final String start;

    RefusalMessage(String start) {
        this.start = start;
    }

    boolean says(String text) {
        return text.startsWith(start);
    }
}
