package io.github.backupcodes.support.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A person at a browser of their own: cookies, language, window. A test gets one for each parameter of this type. */
public final class Person implements AutoCloseable {

    private static final double PATIENCE = 15_000;
    private static final int MOST_TABS = 60;

    private final BrowserContext context;
    private final Page page;
    private final List<String> problems = new ArrayList<>();

    Person(Browser browser, BrowserOptions options) {
        context = browser.newContext(new Browser.NewContextOptions()
                .setLocale(options.locale())
                .setColorScheme(options.dark() ? ColorScheme.DARK : ColorScheme.LIGHT)
                .setViewportSize(options.width(), options.height())
                .setTimezoneId(options.timeZone())
                .setJavaScriptEnabled(options.scripts())
                .setAcceptDownloads(true));
        context.setDefaultTimeout(PATIENCE);
        context.setDefaultNavigationTimeout(2 * PATIENCE);
        context.onWebError(error -> problems.add(error.error()));
        context.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                problems.add(message.text());
            }
        });
        page = context.newPage();
    }

    /** The page that the person looks at. */
    public Page page() {
        return page;
    }

    /**
     * The browser's state.
     *
     * @return Playwright's handle, for permissions and cookies
     */
    public BrowserContext context() {
        return context;
    }

    /** Opens an address. */
    public void open(String url) {
        page.navigate(url);
    }

    /** Goes back one page. */
    public void back() {
        page.goBack();
    }

    /** Loads the page again. */
    public void reload() {
        page.reload();
    }

    /** Is as at a new browser from here on: without cookies, thus signed in nowhere. */
    public void forgetSessions() {
        context.clearCookies();
    }

    /** Lets the pages of this person read and write the clipboard without asking. */
    public void allowClipboard() {
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    }

    /** What was copied last. */
    public String clipboard() {
        return String.valueOf(page.evaluate("() => navigator.clipboard.readText()"));
    }

    /** Copies a text somewhere else. */
    public void copy(String text) {
        page.evaluate("text => navigator.clipboard.writeText(text)", text);
    }

    /** Goes on with the Tab key until an element has the focus. */
    public void tabTo(String css) {
        for (int presses = 0; presses < MOST_TABS; presses++) {
            if (hasFocus(css)) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new IllegalStateException("the Tab key does not lead to " + css);
    }

    /** Whether an element has the focus. */
    private boolean hasFocus(String css) {
        return (boolean) page.evaluate("css => document.activeElement.matches(css)", css);
    }

    /**
     * An element gets the focus, and when it must. The browser gives it to a field with {@code autofocus} only when it
     * draws the page for the first time, which may be after the page has loaded.
     */
    public void assertFocus(String css, String when) {
        assertThat(getsFocus(css)).as("%s has the focus %s", css, when).isTrue();
    }

    private boolean getsFocus(String css) {
        try {
            page.waitForFunction("css => document.activeElement.matches(css)", css);
            return true;
        } catch (TimeoutError neverHasIt) {
            return false;
        }
    }

    /**
     * What went wrong in scripts so far: exceptions, and errors on the console such as a breach of the content
     * security policy.
     */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** Whether this run takes pictures ({@code -Dscreenshots}): they are for people to look at, and take half of a walk's time. */
    public static boolean takesPictures() {
        return Boolean.getBoolean("screenshots");
    }

    /** Takes a picture of the whole page, if this run takes pictures. */
    public void picture(Path file) {
        if (takesPictures()) {
            keepPicture(file);
        }
    }

    private void keepPicture(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    }

    void keepEvidence(Path directory, String name) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(name + ".html"), page.content(), StandardCharsets.UTF_8);
            Files.writeString(
                    directory.resolve(name + ".txt"),
                    page.url() + System.lineSeparator() + String.join(System.lineSeparator(), problems),
                    StandardCharsets.UTF_8);
            keepPicture(directory.resolve(name + ".png"));
        } catch (IOException | PlaywrightException unavailable) {
            // evidence is a help; its lack must not hide the failure itself
            problems.add(String.valueOf(unavailable.getMessage()));
        }
    }

    /** Closes the browser of this person. */
    @Override
    public void close() {
        context.close();
    }
}
