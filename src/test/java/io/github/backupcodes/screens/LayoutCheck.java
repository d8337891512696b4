package io.github.backupcodes.screens;

import io.github.backupcodes.support.browser.Person;
import java.util.ArrayList;
import java.util.List;

/** Whether a screen has room in its window, from the narrowest phone to a wide desk. */
final class LayoutCheck {

    private static final int[] WIDTHS = {320, 390, 768, 1280, 1920};

    /** What sticks out of the window or of our part of the page, is cut off, or lies upon another code. */
    private static final String LACK = """
            () => {
              const lacks = [];
              const page = document.documentElement;
              if (page.scrollWidth > page.clientWidth) {
                lacks.push(`the page is ${page.scrollWidth} wide`);
              }
              const name = e => e.tagName.toLowerCase() + (e.id ? "#" + e.id : "") + "." + e.className;
              for (const e of document.querySelectorAll(".bc, .bc *")) {
                if (!e.checkVisibility() || e.closest(".bc-spoken, svg")) continue;
                const box = e.getBoundingClientRect();
                if (box.left < -0.5 || box.right > page.clientWidth + 0.5) {
                  lacks.push(`${name(e)} sticks out of the window`);
                }
                if (getComputedStyle(e).overflowX !== "visible" && e.scrollWidth > e.clientWidth + 1) {
                  lacks.push(`${name(e)} is cut off`);
                }
              }
              for (const part of document.querySelectorAll(".bc, .bc button, .bc-codes, .bc-note")) {
                if (!part.checkVisibility()) continue;
                const box = part.getBoundingClientRect();
                const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
                while (texts.nextNode()) {
                  const text = texts.currentNode;
                  if (!text.data.trim() || text.parentElement.closest(".bc-spoken, script, option")) continue;
                  const range = document.createRange();
                  range.selectNodeContents(text);
                  for (const line of range.getClientRects()) {
                    if (line.left < box.left - 1 || line.right > box.right + 1) {
                      lacks.push(`"${text.data.trim().slice(0, 30)}" leaves ${name(part)}`);
                      break;
                    }
                  }
                }
              }
              const codes = [...document.querySelectorAll(".bc-code")].map(e => e.getBoundingClientRect());
              const upon = (a, b) =>
                a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
              if (codes.some((a, i) => codes.slice(i + 1).some(b => upon(a, b)))) {
                lacks.push("codes lie upon each other");
              }
              return lacks;
            }
            """;

    private LayoutCheck() {}

    /** Looks at the present page in windows of every width; the last one is kept. */
    static List<String> lacks(Person person) {
        List<String> all = new ArrayList<>();
        for (int width : WIDTHS) {
            DisplayMode.setWidth(person, width);
            lacksNow(person).forEach(lack -> all.add(width + " px: " + lack));
        }
        return all;
    }

    /** Looks at the present page in the window as it is. */
    @SuppressWarnings("unchecked") // the script returns a list of texts
    static List<String> lacksNow(Person person) {
        return (List<String>) person.page().evaluate(LACK);
    }
}
