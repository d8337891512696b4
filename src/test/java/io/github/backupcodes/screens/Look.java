package io.github.backupcodes.screens;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.backupcodes.support.Person;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The colours that a person prefers, and the width of the window in CSS pixels. */
record Look(ColorScheme colours, int width) {

    private static final int PHONE = 390;
    private static final int NARROW_PHONE = 320;
    private static final int DESK = 1280;

    /**
     * The looks of a theme: on a phone and on a desk, in each of its colours. For languages other than English, of which
     * many have longer words, the phone is a narrow one; light colours on it, dark ones on the desk, are enough there.
     */
    static List<Look> of(Theme theme, String language) {
        List<ColorScheme> colours =
                theme.isDarkToo() ? List.of(ColorScheme.LIGHT, ColorScheme.DARK) : List.of(ColorScheme.LIGHT);
        if (!language.equals("en")) {
            return List.of(new Look(ColorScheme.LIGHT, NARROW_PHONE), new Look(colours.get(colours.size() - 1), DESK));
        }
        return colours.stream()
                .flatMap(colour -> Stream.of(new Look(colour, PHONE), new Look(colour, DESK)))
                .toList();
    }

    /** The usual one, on a desk. */
    static Look usual() {
        return new Look(ColorScheme.LIGHT, DESK);
    }

    /** The person looks at the present page in this way. */
    void putOn(Person person) {
        person.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
        setWidth(person, width);
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
