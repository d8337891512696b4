package io.github.backupcodes.screens;

import static org.assertj.core.api.Assertions.assertThat;

import freemarker.cache.FileTemplateLoader;
import freemarker.cache.MultiTemplateLoader;
import freemarker.cache.StringTemplateLoader;
import freemarker.cache.TemplateLoader;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateMethodModelEx;
import io.github.backupcodes.support.BuildFiles;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages with the classes of each login theme, also of the one that this build has no server for: {@code keycloak.v3}. */
class LoginThemeClassesTest {

    private static final Path THEMES = BuildFiles.project().resolve("themes");

    private static final String LAYOUT = """
            <#macro registrationLayout displayMessage=true displayRequiredFields=false displayInfo=false>
            <#nested "header"><#nested "form">
            </#macro>""";

    private static final Map<String, Object> NOT_ME = Map.of(
            "backupCodesNotMe",
            Map.of("state", "ASKING", "done", false, "confirmation", "/confirmation", "facts", List.of()));

    /**
     * A theme.
     *
     * @param properties what its {@code theme.properties} says of both
     */
    private record LoginTheme(String name, String button, String input, Map<String, String> properties) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<LoginTheme> themes() {
        return Stream.of(
                new LoginTheme(
                        "keycloak",
                        "pf-c-button",
                        "pf-c-form-control",
                        Map.of(
                                "kcButtonClass", "pf-c-button",
                                "kcButtonPrimaryClass", "pf-m-primary",
                                "kcInputClass", "pf-c-form-control")),
                // as in 26.7: each kind of button has the class of all
                new LoginTheme(
                        "keycloak.v2",
                        "pf-v5-c-button",
                        "pf-v5-c-form-control",
                        Map.of(
                                "kcButtonClass", "pf-v5-c-button",
                                "kcButtonPrimaryClass", "pf-v5-c-button pf-m-primary",
                                "kcButtonSecondaryClass", "pf-v5-c-button pf-m-secondary",
                                "kcInputClass", "pf-v5-c-form-control",
                                "kcFormControlUtilClass", "pf-v5-c-form-control__utilities")),
                // as in the main branch, for 27
                new LoginTheme(
                        "keycloak.v3",
                        "pf-v6-c-button",
                        "pf-v6-c-form-control",
                        Map.of(
                                "kcButtonClass", "pf-v6-c-button",
                                "kcButtonPrimaryClass", "pf-m-primary",
                                "kcButtonSecondaryClass", "pf-m-secondary",
                                "kcInputClass", "pf-v6-c-form-control",
                                "kcFormControlUtilClass", "pf-v6-c-form-control__utilities")));
    }

    @ParameterizedTest
    @MethodSource("themes")
    void a_button_has_the_class_of_all_and_that_of_its_kind(LoginTheme theme) {
        Document page = render(
                "backup-codes-invitation.ftl",
                theme,
                Map.of(
                        "backupCodesInvitation",
                        Map.of("title", "title", "reason", "reason", "detail", "", "first", true, "skippable", true)));

        assertThat(classes(page, "#makeCodes")).containsExactlyInAnyOrder(theme.button(), "pf-m-primary");
        assertThat(classes(page, "#notNow")).containsExactlyInAnyOrder(theme.button(), "pf-m-secondary");
    }

    @ParameterizedTest
    @MethodSource("themes")
    void what_cannot_be_undone_has_the_style_of_danger(LoginTheme theme) {
        Document page = render("backup-codes-not-me.ftl", theme, NOT_ME);

        assertThat(classes(page, "#notMe")).containsExactlyInAnyOrder(theme.button(), "pf-m-danger");
        assertThat(classes(page, "#itWasMe")).containsExactlyInAnyOrder(theme.button(), "pf-m-secondary");
    }

    /** As in a theme on Keycloak's base theme. */
    @Test
    void a_theme_without_classes_gets_ours_for_what_cannot_be_undone() {
        Document page = render("backup-codes-not-me.ftl", new LoginTheme("plain", "", "", Map.of()), NOT_ME);

        assertThat(classes(page, "#notMe")).containsExactly("bc-danger");
        assertThat(page.expectFirst("#itWasMe").className()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("themes")
    void a_field_has_the_class_of_fields_on_itself_or_around_it(LoginTheme theme) {
        Document page = render(
                "backup-code-input.ftl",
                theme,
                Map.of(
                        "backupCodesNeedHelp",
                        false,
                        "backupCodeLogin",
                        Map.of("length", 15, "digits", false, "temporary", false, "temporaryAlone", false)));

        Element field = page.expectFirst("#backupCode");
        boolean wraps = theme.properties().containsKey("kcFormControlUtilClass");
        assertThat(field.hasClass(theme.input())).isEqualTo(!wraps);
        assertThat(field.parent() != null && field.parent().hasClass(theme.input()))
                .isEqualTo(wraps);
        assertThat(page.select(".bc-plain")).isEmpty();
    }

    /** The versions of PatternFly name their variables differently: where one is used, each has its own before it. */
    @Test
    void a_variable_of_one_patternfly_stands_behind_that_of_the_next() throws IOException {
        String css = Files.readString(THEMES.resolve("resources/css/backup-codes.css"));

        assertThat(Pattern.compile("(?<!var\\(--pf-t--[a-z-]{1,60}, )var\\(--pf-v5-")
                        .matcher(css)
                        .results())
                .isEmpty();
        assertThat(css).contains("--pf-t--global--text--color--link--default");
    }

    private static List<String> classes(Document page, String button) {
        return List.of(page.expectFirst(button).attr("class").split(" ", -1));
    }

    private static Document render(String template, LoginTheme theme, Map<String, Object> more) {
        Map<String, Object> model = new HashMap<>(more);
        TemplateMethodModelEx message = arguments -> arguments.get(0).toString();
        TemplateMethodModelEx none = arguments -> false;
        model.put("properties", theme.properties());
        model.put("url", Map.of("resourcesPath", "/resources", "loginAction", "/action"));
        model.put("msg", message);
        model.put("messagesPerField", Map.of("existsError", none));
        StringTemplateLoader layout = new StringTemplateLoader();
        layout.putTemplate("template.ftl", LAYOUT);
        Configuration freemarker = new Configuration(Configuration.VERSION_2_3_32);
        try {
            freemarker.setTemplateLoader(new MultiTemplateLoader(new TemplateLoader[] {
                layout, new FileTemplateLoader(THEMES.resolve("templates").toFile())
            }));
            StringWriter page = new StringWriter();
            freemarker.getTemplate(template).process(model, page);
            return Jsoup.parse(page.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TemplateException e) {
            throw new IllegalStateException(e);
        }
    }
}
