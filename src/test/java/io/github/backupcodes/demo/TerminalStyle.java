package io.github.backupcodes.demo;

import java.io.Console;

/** Whether a person looks on. */
final class TerminalStyle {

    private TerminalStyle() {}

    @SuppressWarnings("SystemConsoleNull") // newer versions of Java are asked further down
    static boolean isAttached() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // since Java 22 there is a console even without a terminal
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJava) {
            return true;
        }
    }
}
