package io.github.backupcodes;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing is left over: each method is called, by the extension itself, by Keycloak or by a template. */
class UnusedCodeTest {

    private static final String TEMPLATES = templates();

    @Test
    void every_method_is_called() {
        assertThat(ProductClasses.withInherited().stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.getAccessesToSelf().isEmpty())
                        .filter(method -> !isCalledFromOutside(method))
                        .map(JavaMethod::getFullName))
                .isEmpty();
    }

    private static boolean isCalledFromOutside(JavaMethod method) {
        JavaClass owner = method.getOwner();
        return method.getModifiers().contains(JavaModifier.SYNTHETIC)
                || method.getName().startsWith("lambda$")
                || owner.isEnum()
                // its value is used, if not by its name: by JSON, by equals, within the record
                || (owner.isRecord() && owner.tryGetField(method.getName()).isPresent())
                || method.getAnnotations().stream()
                        .anyMatch(annotation ->
                                annotation.getRawType().getPackageName().equals(Path.class.getPackageName()))
                || isOfKeycloak(method)
                || isReadByTemplate(method);
    }

    private static boolean isOfKeycloak(JavaMethod method) {
        Predicate<JavaMethod> same = other -> other.getName().equals(method.getName())
                && other.getRawParameterTypes().size()
                        == method.getRawParameterTypes().size();
        return Stream.concat(
                        method.getOwner().getAllRawSuperclasses().stream(),
                        method.getOwner().getAllRawInterfaces().stream())
                .flatMap(above -> above.getMethods().stream())
                .anyMatch(same);
    }

    private static boolean isReadByTemplate(JavaMethod method) {
        String property = method.getName().replaceFirst("^(get|is)", "");
        // a template reads the component of a record as its method
        return TEMPLATES.contains("." + method.getName() + "()")
                || (!property.equals(method.getName())
                        && TEMPLATES.contains(
                                "." + property.substring(0, 1).toLowerCase(Locale.ROOT) + property.substring(1)));
    }

    private static String templates() {
        try (Stream<java.nio.file.Path> files = Files.walk(java.nio.file.Path.of("themes/templates"))) {
            List<java.nio.file.Path> found = files.filter(Files::isRegularFile).toList();
            StringBuilder all = new StringBuilder();
            for (java.nio.file.Path file : found) {
                all.append(Files.readString(file));
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
