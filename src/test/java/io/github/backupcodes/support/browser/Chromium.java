package io.github.backupcodes.support.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import io.github.backupcodes.support.BuildFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The browser of the suite. It takes the first of: {@code PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH}, one on {@code PATH},
 * Playwright's own, Playwright's own after its download, the system's package after {@code apt-get} has installed it.
 */
public final class Chromium implements AutoCloseable {

    private static final String VARIABLE = "PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH";
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(10);

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Starts it, installed first if need be. */
    public static synchronized Chromium launch() {
        Map<String, String> environment = new LinkedHashMap<>(System.getenv());
        // only Chromium is wanted, and that is looked after here
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        List<String> failures = new ArrayList<>();
        for (Supplier<Optional<Path>> source : sources(playwright, failures)) {
            Optional<Path> executable = source.get();
            if (executable.isPresent()) {
                try {
                    return new Chromium(playwright, launch(playwright, executable.get()));
                } catch (RuntimeException unusable) {
                    failures.add(executable.get() + " does not start: "
                            + String.valueOf(unusable.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse(""));
                }
            }
        }
        playwright.close();
        throw new IllegalStateException(
                "No usable Chromium. Install one (for example: apt-get install chromium), or set " + VARIABLE
                        + " to the executable of a Chromium or Chrome. Tried: " + failures);
    }

    /** The browser. */
    public Browser browser() {
        return browser;
    }

    /** Ends the browser. */
    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    private static Browser launch(Playwright playwright, Path executable) {
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(FLAGS)
                        .setTimeout(60_000));
    }

    private static List<Supplier<Optional<Path>>> sources(Playwright playwright, List<String> failures) {
        return List.of(
                () -> Optional.ofNullable(System.getenv(VARIABLE)).map(Path::of),
                Chromium::onPath,
                () -> own(playwright),
                () -> {
                    downloadOwn(failures);
                    return own(playwright);
                },
                () -> {
                    installPackage(failures);
                    return onPath();
                });
    }

    private static Optional<Path> onPath() {
        String path = System.getenv().getOrDefault("PATH", "");
        return NAMES.stream()
                .flatMap(name -> Arrays.stream(path.split(File.pathSeparator, -1))
                        .filter(directory -> !directory.isEmpty())
                        .map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Path> own(Playwright playwright) {
        return Optional.of(Path.of(playwright.chromium().executablePath())).filter(Files::isExecutable);
    }

    private static void downloadOwn(List<String> failures) {
        run(
                failures,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", "")),
                "com.microsoft.playwright.CLI",
                "install",
                "--no-shell",
                "chromium");
    }

    private static void installPackage(List<String> failures) {
        if (!Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            failures.add("no apt-get here");
            return;
        }
        List<String> asRoot =
                "root".equals(System.getProperty("user.name")) ? List.of("env") : List.of("sudo", "-n", "env");
        List<String> update = new ArrayList<>(asRoot);
        update.addAll(List.of("DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "update"));
        List<String> install = new ArrayList<>(asRoot);
        install.addAll(List.of(
                "DEBIAN_FRONTEND=noninteractive",
                "apt-get",
                "-q",
                "-y",
                "--no-install-recommends",
                "install",
                "chromium"));
        run(failures, update.toArray(new String[0]));
        run(failures, install.toArray(new String[0]));
    }

    private static void run(List<String> failures, String... command) {
        String what = command[command.length - 1] + " by " + Path.of(command[0]).getFileName();
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Files.createDirectories(BuildFiles.directory())
                            .resolve("chromium-install.log")
                            .toFile())
                    .start();
            if (!process.waitFor(INSTALL_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                failures.add(what + " takes more than " + INSTALL_LIMIT.toMinutes() + " minutes");
            } else if (process.exitValue() != 0) {
                failures.add(what + " ended with " + process.exitValue() + ", see target/chromium-install.log");
            }
        } catch (IOException e) {
            failures.add(what + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failures.add(what + ": interrupted");
        }
    }
}
