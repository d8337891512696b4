package io.github.backupcodes.screens;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.backupcodes.support.browser.Person;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The colours that a person prefers, and the width of the window in CSS pixels. */
record DisplayMode(ColorScheme colours, int width) {

    private static final int PHONE = 390;
    private static final int NARROW_PHONE = 320;
    private static final int DESK = 1280;

    /**
     * The looks of a theme: on a phone and on a desk, in each of its colours. For languages other than English, of which
     * many have longer words, the phone is a narrow one; light colours on it, dark ones on the desk, are enough there.
     */
    static List<DisplayMode> of(LoginTheme theme, String language) {
        List<ColorScheme> colours =
                theme.isDarkToo() ? List.of(ColorScheme.LIGHT, ColorScheme.DARK) : List.of(ColorScheme.LIGHT);
        if (!language.equals("en")) {
            return List.of(
                    new DisplayMode(ColorScheme.LIGHT, NARROW_PHONE),
                    new DisplayMode(colours.get(colours.size() - 1), DESK));
        }
        return colours.stream()
                .flatMap(colour -> Stream.of(new DisplayMode(colour, PHONE), new DisplayMode(colour, DESK)))
                .toList();
    }

    /** Whether axe-core looks at it: each colour and each width once. */
    boolean isForAxe(LoginTheme theme) {
        ColorScheme ofTheDesk = theme.isDarkToo() ? ColorScheme.DARK : ColorScheme.LIGHT;
        return colours == (width == DESK ? ofTheDesk : ColorScheme.LIGHT);
    }

    /** The usual one, on a desk. */
    static DisplayMode usual() {
        return new DisplayMode(ColorScheme.LIGHT, DESK);
    }

    /**
     * The person looks at the present page in this way. Keycloak's theme changes its colours in a script, which the browser
     * calls before the next frame: until then the page has the text of one mode on the surfaces of the other.
     */
    void putOn(Person person) {
        person.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
        setWidth(person, width);
        person.page().evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    /** The window gets another width. */
    static void setWidth(Person person, int width) {
        person.page().setViewportSize(width, width < 768 ? 844 : 900);
    }

    @Override
    public String toString() {
        return colours.name().toLowerCase(Locale.ROOT) + "-" + width;
    }
}
