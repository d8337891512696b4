package io.github.backupcodes.screens;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.backupcodes.pages.AfterUsePage;
import io.github.backupcodes.pages.BackupCodePage;
import io.github.backupcodes.pages.BackupCodesPage;
import io.github.backupcodes.pages.LoginPage;
import io.github.backupcodes.pages.TestApplicationPage;
import io.github.backupcodes.support.BuildFiles;
import io.github.backupcodes.support.browser.Person;
import io.github.backupcodes.support.browser.WithBrowser;
import io.github.backupcodes.support.realm.BackupCodesNames;
import io.github.backupcodes.support.realm.Messages;
import io.github.backupcodes.support.realm.TestCodeSet;
import io.github.backupcodes.support.realm.TestRealm;
import io.github.backupcodes.support.realm.TestUser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A realm whose content security policy allows no script and no style but files of the server. Keycloak's own templates
 * have inline scripts that such a policy blocks; they are listed in {@code target/csp.md}. Nothing of ours may be among them.
 */
@WithBrowser
class StrictPolicyIT {

    private static final String POLICY =
            "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'; frame-src 'self'";

    /** Writes each breach down: where it is, and whether that is in our part of the page. */
    private static final String WATCH = """
            window.breaches = [];
            document.addEventListener("securitypolicyviolation", event => {
              const at = event.target instanceof Element ? event.target : null;
              const ours = Boolean(at?.closest(".bc")) || /backup-code/.test(event.blockedURI + event.sourceFile);
              const what = at && at !== document.documentElement ? at.tagName.toLowerCase() + (at.id ? "#" + at.id : "") : "";
              window.breaches.push([ours ? "ours" : "theme", event.effectiveDirective, event.blockedURI, what].join(" "));
            });
            """;

    private static final Set<String> REPORT = new TreeSet<>();

    @AfterAll
    static void writeReport() throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "# What a strict content security policy blocks",
                "",
                "Under `" + POLICY + "`: nothing of this extension; of Keycloak's templates, by theme and page:",
                ""));
        REPORT.forEach(line -> lines.add("- " + line));
        Files.write(BuildFiles.directory().resolve("csp.md"), lines, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(names = {"NEWER", "OLDER"})
    void nothingOfOursIsBlocked(LoginTheme theme, Person person) {
        try (TestRealm realm = TestRealm.builder()
                .loginTheme(theme.id())
                .with("browserSecurityHeaders", Map.of("contentSecurityPolicy", POLICY))
                .create()) {
            // Keycloak's link to the other ways is a script, so codes are asked for at once
            realm.admin().configureExecution(realm.backupCodeExecution(), Map.of("ask-without-second-factor", "true"));
            TestCodeSet codes = TestCodeSet.of(6);
            TestUser user = realm.user("strict").codes(codes).create();
            person.context().addInitScript(WATCH);
            person.context().addInitScript("window.prints = 0; window.print = () => { window.prints++; };");
            person.allowClipboard();
            LoginPage.open(person, realm).signIn(user);

            BackupCodePage field = BackupCodePage.on(person);
            String symbols = codes.code(2).replace("-", "");
            field.press(symbols.substring(0, symbols.length() - 1) + (symbols.endsWith("A") ? 'B' : 'A'));
            assertThat(field.hint()).as("the hint").isEqualTo(Messages.of("backupCodeHintMistyped"));
            person.page().keyboard().press("Backspace");
            field.press(symbols.substring(symbols.length() - 1));
            assertThat(field.typed()).as("the groups").isEqualTo(codes.code(2));
            noBreach(theme, "sign in", person);
            field.submit();

            AfterUsePage afterUse = AfterUsePage.on(person);
            assertThat(person.page().evaluate("() => getComputedStyle(document.querySelector('.bc')).display"))
                    .as("the style is there")
                    .isEqualTo("grid");
            noBreach(theme, "after the use of a code", person);
            afterUse.goOn();
            assertThat(TestApplicationPage.on(person).isSignedIn()).isTrue();

            person.open(realm.actionUrl(BackupCodesNames.ACTION));
            BackupCodesPage page = BackupCodesPage.on(person);
            page.submit();
            assertThat(page.error()).as("the tick is waited for").isEqualTo(Messages.of("backupCodesErrorNotSaved"));
            page.copy();
            assertThat(page.status()).isEqualTo(Messages.of("backupCodesCopied"));
            assertThat(person.clipboard()).contains(String.join("\n", page.codes()));
            assertThat(page.download().suggestedFilename()).endsWith(".txt");
            page.print();
            assertThat(person.page().evaluate("() => window.prints")).isEqualTo(1);
            noBreach(theme, "new codes", person);
            page.save();
            assertThat(TestApplicationPage.on(person).actionStatus()).isEqualTo("success");
        }
    }

    @SuppressWarnings("unchecked") // the script returns a list of texts
    private static void noBreach(LoginTheme theme, String page, Person person) {
        List<String> breaches = (List<String>) person.page().evaluate("() => window.breaches");
        assertThat(breaches)
                .as("Keycloak's own, so that the policy is known to be in force")
                .isNotEmpty();
        assertThat(breaches).as("breaches on %s", page).noneMatch(breach -> breach.startsWith("ours"));
        breaches.forEach(breach -> REPORT.add(theme.id() + ", " + page + ": " + breach.replaceFirst("^theme ", "")));
    }
}
