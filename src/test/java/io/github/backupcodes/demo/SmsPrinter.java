package io.github.backupcodes.demo;

import io.github.backupcodes.support.server.ServerLog;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says which text messages the sender {@code log} has written to the log of the server. */
final class SmsPrinter {

    /** The number, and the first line of the text, which has the code. */
    private static final Pattern MESSAGE = Pattern.compile("Text message to (\\+\\d+):\\R(.*)\\R");

    private final ServerLog log;
    private long mark;

    /** Begins with what is logged from now on. */
    SmsPrinter(ServerLog log) {
        this.log = log;
        this.mark = log.mark();
    }

    void sayNews(Consumer<String> out) {
        String news = log.since(mark);
        Matcher message = MESSAGE.matcher(news);
        int end = 0;
        while (message.find()) {
            // the line before may be a code that counts down
            out.accept("\rText message to " + message.group(1) + ": " + message.group(2));
            end = message.end();
        }
        // no further: the rest may be half a message
        mark += news.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
    }
}
