package io.github.backupcodes.demo;

import java.util.ArrayList;
import java.util.List;

/** A frame around lines, in plain ASCII so that every terminal shows it. */
final class TextFrame {

    private TextFrame() {}

    static List<String> around(List<String> lines) {
        int width = lines.stream().mapToInt(String::length).max().orElse(0);
        String edge = "+" + "-".repeat(width + 4) + "+";
        List<String> box = new ArrayList<>();
        box.add("");
        box.add(edge);
        lines.forEach(line -> box.add("|  " + line + " ".repeat(width - line.length()) + "  |"));
        box.add(edge);
        box.add("");
        return box;
    }
}
