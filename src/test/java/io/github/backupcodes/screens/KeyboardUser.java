package io.github.backupcodes.screens;

import io.github.backupcodes.support.browser.Person;
import java.util.ArrayList;
import java.util.List;

/** A person who has no mouse. */
final class KeyboardUser {

    private static final int MOST_TABS = 40;

    /** Takes the focus away; everything of ours that can be worked with, and what it looks like without the focus. */
    private static final String FIELDS = """
            () => {
              // the next Tab starts at the top
              document.body.tabIndex = -1;
              document.body.focus();
              document.body.removeAttribute("tabindex");
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

    private KeyboardUser() {}

    /** Everything of ours that can be worked with at the moment, by id, from the top. Nothing has the focus afterwards. */
    @SuppressWarnings("unchecked") // the script returns a list of texts
    static List<String> fields(Person person) {
        return (List<String>) person.page().evaluate(FIELDS);
    }

    /** Goes through our part of the page with the Tab key, once, after a look at the {@link #fields}. */
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
