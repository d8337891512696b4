package io.github.backupcodes;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.github.backupcodes.policy.PrintableText;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.keycloak.authentication.Authenticator;

class ArchitectureTest {

    private static final ArchRule DOMAIN_STANDS_ALONE = classes()
            .that()
            .resideInAPackage("io.github.backupcodes.code..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.github.backupcodes.code..", "java..", "javax.crypto..", "org.bouncycastle..", "org.jspecify..")
            .because("the domain knows neither the server nor its libraries");

    private static final ArchRule CHALLENGES_STAND_ALONE = classes()
            .that()
            .resideInAPackage("io.github.backupcodes.challenge")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.github.backupcodes.challenge",
                    "io.github.backupcodes.code",
                    "java..",
                    "javax.crypto..",
                    "org.jspecify..")
            .because("the domain knows neither the server nor how a code is sent");

    private static final ArchRule GATEWAYS_STAND_ALONE = classes()
            .that()
            .resideInAPackage("io.github.backupcodes.sms.gateway")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.github.backupcodes.sms.gateway",
                    "io.github.backupcodes.code",
                    "com.fasterxml.jackson..",
                    "java..",
                    "javax.crypto..",
                    "org.jspecify..")
            .because("what is sent to a gateway depends on no server");
    private static final ArchRule NUMBERS_STAND_ALONE = classes()
            .that()
            .resideInAPackage("io.github.backupcodes.sms.number")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.github.backupcodes.sms.number", "com.google.i18n.phonenumbers..", "java..", "org.jspecify..")
            .because("numbers are read without the server");

    private static final ArchRule MESSAGES_STAND_ALONE = classes()
            .that()
            .resideInAPackage("io.github.backupcodes.sms.message")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("io.github.backupcodes.sms.message", "java..", "org.jspecify..")
                    .or(type(PrintableText.class)))
            .because("the text of a message does not depend on the server");

    private static final ArchRule ONE_PACKAGE_HAS_THE_LIBRARY_OF_NUMBERS = noClasses()
            .that()
            .resideOutsideOfPackage("io.github.backupcodes.sms.number")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.i18n.phonenumbers..")
            .because("a server without text messages loads none of its classes");

    private static final ArchRule NO_LOGGING_OF_THE_JDK = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging..")
            .because("the server logs with JBoss Logging");

    private static final ArchRule NO_CYCLES = slices().matching(ProductClasses.ROOT + ".(**)")
            .should()
            .beFreeOfCycles()
            .because("a package that leads back to itself is one with the others on the way");

    private static final ArchRule AUTHENTICATORS_IN_ONE_PACKAGE = classes()
            .that()
            .implement(Authenticator.class)
            .should()
            .resideInAPackage("io.github.backupcodes.signin")
            .because("AcceptedCredentialTypes knows by the package which authenticators record what they accepted");

    @Test
    void the_domain_depends_on_the_jdk_and_bouncy_castle_alone() {
        DOMAIN_STANDS_ALONE.check(ProductClasses.CLASSES);
        CHALLENGES_STAND_ALONE.check(ProductClasses.CLASSES);
        GATEWAYS_STAND_ALONE.check(ProductClasses.CLASSES);
    }

    @Test
    void numbers_and_texts_of_messages_do_not_depend_on_the_server() {
        NUMBERS_STAND_ALONE.check(ProductClasses.CLASSES);
        MESSAGES_STAND_ALONE.check(ProductClasses.CLASSES);
        ONE_PACKAGE_HAS_THE_LIBRARY_OF_NUMBERS.check(ProductClasses.CLASSES);
    }

    @Test
    void authenticators_are_where_other_packages_expect_them() {
        AUTHENTICATORS_IN_ONE_PACKAGE.check(ProductClasses.withInherited());
    }

    @Test
    void nothing_logs_through_the_jdk() {
        NO_LOGGING_OF_THE_JDK.check(ProductClasses.CLASSES);
    }

    @Test
    void no_package_leads_back_to_itself() {
        NO_CYCLES.check(ProductClasses.CLASSES);
    }

    @Test
    void nothing_prints_to_the_standard_streams() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(ProductClasses.CLASSES);
    }

    @Test
    void the_rules_find_a_class_that_breaks_them() {
        JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);
        assertThat(NO_LOGGING_OF_THE_JDK.evaluate(offender).hasViolation()).isTrue();
        assertThat(NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.evaluate(offender).hasViolation())
                .isTrue();

        assertThat(NO_CYCLES
                        .evaluate(new ClassFileImporter().importPackages(ProductClasses.ROOT))
                        .hasViolation())
                .as("the tests go to and fro")
                .isTrue();

        JavaClasses testsOfTheDomain = new ClassFileImporter().importPackages("io.github.backupcodes.code");
        assertThat(DOMAIN_STANDS_ALONE.evaluate(testsOfTheDomain).hasViolation())
                .as("the tests of the domain use JUnit, which the rule forbids")
                .isTrue();
        assertThat(ONE_PACKAGE_HAS_THE_LIBRARY_OF_NUMBERS.evaluate(offender).hasViolation())
                .isTrue();
    }

    private static final class Offender implements Runnable {

        @Override
        public void run() {
            System.out.println(Logger.getAnonymousLogger());
            System.out.println(PhoneNumberUtil.normalizeDigitsOnly("1"));
        }
    }
}
