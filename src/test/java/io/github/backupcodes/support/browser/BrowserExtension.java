package io.github.backupcodes.support.browser;

import io.github.backupcodes.support.BuildFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test its persons; one browser for each thread of the suite. After a failure, page and picture are in target/failures. */
final class BrowserExtension implements ParameterResolver, AfterEachCallback {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(BrowserExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Person.class;
    }

    @Override
    public Person resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Person person = new Person(chromium(context).browser(), options(parameter, context));
        persons(context).add(person);
        return person;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<Person> persons = persons(context);
        boolean failed = context.getExecutionException().isPresent();
        for (int i = 0; i < persons.size(); i++) {
            Person person = persons.get(i);
            if (failed) {
                person.keepEvidence(failures(), fileName(context) + (i == 0 ? "" : "-" + (i + 1)));
            }
            person.close();
        }
        persons.clear();
    }

    private static Path failures() {
        return BuildFiles.directory().resolve("failures");
    }

    private static String fileName(ExtensionContext context) {
        String test = context.getRequiredTestClass().getSimpleName() + "."
                + context.getRequiredTestMethod().getName();
        String name = context.getDisplayName();
        return (name.startsWith(context.getRequiredTestMethod().getName()) ? test : test + "-" + name)
                .replaceAll("[^A-Za-z0-9._-]+", "_");
    }

    private static BrowserOptions options(ParameterContext parameter, ExtensionContext context) {
        return parameter
                .findAnnotation(BrowserOptions.class)
                .or(() -> context.getTestMethod()
                        .flatMap(method -> Optional.ofNullable(method.getAnnotation(BrowserOptions.class))))
                .or(() -> context.getTestClass()
                        .flatMap(type -> Optional.ofNullable(type.getAnnotation(BrowserOptions.class))))
                .orElseGet(() -> Usual.class.getAnnotation(BrowserOptions.class));
    }

    private static List<Person> persons(ExtensionContext context) {
        return context.getStore(NAMESPACE).computeIfAbsent("persons", key -> new Persons(), Persons.class).list;
    }

    private static Chromium chromium(ExtensionContext context) {
        // Playwright serves one thread; closed by JUnit at the end of the run
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        "chromium-" + Thread.currentThread().getId(), key -> Chromium.launch(), Chromium.class);
    }

    private static final class Persons {
        private final List<Person> list = new ArrayList<>();
    }

    @BrowserOptions
    private static final class Usual {}
}
