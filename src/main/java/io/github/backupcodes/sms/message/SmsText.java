package io.github.backupcodes.sms.message;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Builds texts of messages. */
public final class SmsText {

    private SmsText() {}

    public static String ofCode(UnaryOperator<String> text, String site, @Nullable String host, String code) {
        return text.apply(site) + (host == null ? "" : "\n\n@" + host + " #" + code);
    }

    public static String of(UnaryOperator<String> text, String site) {
        return text.apply(site);
    }
}
