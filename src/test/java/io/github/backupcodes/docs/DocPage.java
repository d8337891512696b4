package io.github.backupcodes.docs;

import io.github.backupcodes.support.BuildFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of {@code docs/}, whose blocks of code are what is tested. */
final class DocPage {

    private final String name;
    private final String text;

    DocPage(String name) {
        this.name = name;
        try {
            this.text = Files.readString(BuildFiles.project().resolve("docs").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The block after the comment of that name. */
    String block(String comment) {
        return first("<!-- " + Pattern.quote(comment) + " -->\n```\\w+\n(.*?)\n```", comment);
    }

    /** The first program in a language: its block begins with what it imports. */
    String program(String language) {
        return first("```" + language + "\n(import .*?)\n```", language);
    }

    private String first(String pattern, String wanted) {
        Matcher found = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("no " + wanted + " in " + name);
        }
        return found.group(1);
    }
}
