package io.github.backupcodes.screens;

import io.github.backupcodes.support.Person;
import java.util.ArrayList;
import java.util.List;

/** A person who has no mouse. */
final class Keyboard {

    private static final int MOST_TABS = 40;

    /** Everything of ours that can be worked with, from the top, and what it looks like without the focus. */
    private static final String FIELDS = """
            () => {
              document.activeElement.blur();
              window.unfocused = new Map();
              const all = [...document.querySelectorAll(".bc :is(a[href], button, input, select, summary, textarea)")]
                .filter(e => !e.disabled && e.type !== "hidden" && e.checkVisibility());
              all.forEach(e => window.unfocused.set(e, getComputedStyle(e).outline + getComputedStyle(e).boxShadow));
              return all.map(e => e.id || e.tagName.toLowerCase());
            }
            """;

    /** What has the focus, if it is of ours; with a star when that cannot be seen. */
    private static final String FOCUSED = """
            () => {
              const e = document.activeElement;
              if (!e.closest(".bc") || e.matches(".bc")) return "";
              const style = getComputedStyle(e);
              const line = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
                && style.outline + style.boxShadow !== window.unfocused.get(e);
              const box = e.getBoundingClientRect();
              const inView = box.top >= 0 && box.bottom <= innerHeight + 1;
              return (e.id || e.tagName.toLowerCase()) + (line && inView ? "" : "*");
            }
            """;

    private Keyboard() {}

    /** Everything of ours that can be worked with at the moment, by id. */
    @SuppressWarnings("unchecked") // the script returns a list of texts
    static List<String> fields(Person person) {
        return (List<String>) person.page().evaluate(FIELDS);
    }

    /**
     * Goes through the page with the Tab key, once.
     *
     * @return what had the focus, in this order; with a star what did not show it
     */
    static List<String> reached(Person person) {
        List<String> all = new ArrayList<>();
        for (int presses = 0; presses < MOST_TABS; presses++) {
            person.page().keyboard().press("Tab");
            String focused = String.valueOf(person.page().evaluate(FOCUSED));
            if (all.contains(focused)) {
                break;
            }
            if (!focused.isEmpty()) {
                all.add(focused);
            } else if (!all.isEmpty()) {
                break;
            }
        }
        return all;
    }
}
