package io.github.backupcodes.screens;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import io.github.backupcodes.pages.Screen;
import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.browser.WithBrowser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Walks past every screen in each theme, and in English, German and Arabic. At each screen everything has to have its room in windows
 * of every width, and axe-core has to find nothing in our part. With {@code -Dscreenshots} it takes pictures, in
 * {@code target/screenshots}: in light and dark, on a phone and on a desk. It is the longest class and begins first: at the end it would
 * run alone.
 */
@Order(1)
@WithBrowser
class GalleryIT {

    private static final Path DIRECTORY = BuildFiles.directory().resolve("screenshots");
    private static final AxeReport REPORT = new AxeReport();
    private static final String OURS = ".bc";

    @AfterAll
    static void writeReport() {
        REPORT.write();
    }

    /** Each theme is checked in one language, and the others are for the pictures: the branded theme is the newer one in other colours. */
    static Stream<Arguments> walks() {
        Stream<Arguments> checked =
                Stream.of(LoginTheme.values()).map(theme -> arguments(theme, checkedLanguage(theme)));
        return Person.takesPictures()
                ? Stream.concat(
                        checked,
                        Stream.of(
                                arguments(LoginTheme.NEWER, "de"),
                                arguments(LoginTheme.NEWER, "ar"),
                                arguments(LoginTheme.OLDER, "en"),
                                arguments(LoginTheme.OLDER, "ar"),
                                arguments(LoginTheme.PLAIN, "ar"),
                                arguments(LoginTheme.BRANDED, "en")))
                : checked;
    }

    private static String checkedLanguage(LoginTheme theme) {
        return switch (theme) {
            case NEWER, PLAIN -> "en";
            case OLDER -> "de";
            case BRANDED -> "ar";
        };
    }

    @ParameterizedTest(name = "{0}-{1}")
    @MethodSource("walks")
    void everyScreen(LoginTheme theme, String language, Person person) {
        SoftAssertions softly = new SoftAssertions();
        new ScreenTour(theme, language, new Visit(theme, language, softly)).walk(person);
        // a refusal that is not 200 is an error to the console of the browser
        softly.assertThat(person.problems())
                .as("errors in the browser")
                .allMatch(problem -> problem.startsWith("Failed to load resource"));
        softly.assertAll();
    }

    /** Looks at each screen from all sides. */
    private static final class Visit implements ScreenTour.Visitor {

        private final LoginTheme theme;
        private final String language;
        private final SoftAssertions softly;
        private final Set<String> ofTheTheme = new TreeSet<>();

        private Visit(LoginTheme theme, String language, SoftAssertions softly) {
            this.theme = theme;
            this.language = language;
            this.softly = softly;
        }

        @Override
        public void atOtpPage(Person person) {
            if (isForAxe()) {
                DisplayMode.of(theme, language).get(0).putOn(person);
                ofTheTheme.addAll(Axe.page(person).violations().keySet());
                DisplayMode.usual().putOn(person);
            }
        }

        @Override
        public void atKeycloaks(String screen, Person person) {
            if (Person.takesPictures()) {
                for (DisplayMode look : DisplayMode.of(theme, language)) {
                    look.putOn(person);
                    picture(screen, look.toString(), person);
                }
                DisplayMode.usual().putOn(person);
            }
        }

        @Override
        public void at(String screen, Person person) {
            // a heading is there before the rest of the page
            person.page().waitForLoadState();
            softly.assertThat(person.page().evaluate("() => document.documentElement.dir"))
                    .as("%s, direction", screen)
                    .isEqualTo(language.equals("ar") ? "rtl" : "ltr");
            softly.assertThat(person.page().evaluate("() => getComputedStyle(document.querySelector('.bc')).textAlign"))
                    .as("%s, where lines start", screen)
                    .isEqualTo("start");
            softly.assertThat(Screen.inline(person))
                    .as("%s, inline scripts and styles", screen)
                    .isEmpty();
            softly.assertThat(LayoutCheck.lacks(person))
                    .as("%s, %s, %s: room", screen, theme.id(), language)
                    .isEmpty();
            boolean first = true;
            for (DisplayMode look : DisplayMode.of(theme, language)) {
                boolean checked = isForAxe() && look.isForAxe(theme);
                if (checked || Person.takesPictures()) {
                    look.putOn(person);
                    picture(screen, look.toString(), person);
                }
                if (checked && first) {
                    checkOurs(screen, look, Axe.parts(person, OURS));
                    checkPage(screen, person);
                } else if (checked) {
                    checkOurs(screen, look, Axe.style(person, OURS));
                }
                first = false;
            }
            DisplayMode.usual().putOn(person);
        }

        @Override
        public void beforePrinting(Person person) {
            person.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            person.page().setViewportSize(794, 1123); // A4
            picture("codes", "printed", person);
            person.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
            DisplayMode.usual().putOn(person);
        }

        private boolean isForAxe() {
            return language.equals(checkedLanguage(theme));
        }

        private void checkOurs(String screen, DisplayMode look, Axe.Findings ours) {
            REPORT.addOurs(screen, theme.id(), ours);
            softly.assertThat(ours.violations())
                    .as("%s, %s, %s: our part", screen, theme.id(), look)
                    .isEmpty();
        }

        /** What is not ours looks the same on Keycloak's own page: once for each screen is enough. */
        private void checkPage(String screen, Person person) {
            Axe.Findings page = Axe.page(person, OURS);
            REPORT.addPage(screen, theme.id(), page);
            Map<String, List<String>> elsewhere = new TreeMap<>(page.violations());
            elsewhere.keySet().removeAll(ofTheTheme);
            softly.assertThat(elsewhere)
                    .as("%s, %s: what Keycloak's own page does not have", screen, theme.id())
                    .isEmpty();
        }

        private void picture(String screen, String look, Person person) {
            if (!Person.takesPictures()) {
                return;
            }
            person.page().evaluate("() => document.fonts.ready.then(() => true)");
            person.picture(DIRECTORY.resolve(String.join("-", screen, theme.id(), language, look) + ".png"));
        }
    }
}
