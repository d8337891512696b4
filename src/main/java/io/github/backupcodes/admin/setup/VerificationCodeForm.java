package io.github.backupcodes.admin.setup;

import io.github.backupcodes.policy.EmailCodePolicy;
import io.github.backupcodes.policy.SmsCodePolicy;
import io.github.backupcodes.signin.EmailCodeFormAuthenticatorFactory;
import io.github.backupcodes.signin.OtpOrBackupCodeFormAuthenticatorFactory;
import io.github.backupcodes.signin.SmsCodeFormAuthenticatorFactory;
import io.github.backupcodes.support.CredentialTypes;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A form for codes that are sent, in the order in which flows offer them: the stronger ones first. */
enum VerificationCodeForm {
    SMS(
            SmsCodeFormAuthenticatorFactory.ID,
            CredentialTypes.SMS_CODE,
            SmsCodePolicy.REQUIRED_ACTION,
            "codes by text message"),
    EMAIL(
            EmailCodeFormAuthenticatorFactory.ID,
            CredentialTypes.EMAIL_CODE,
            EmailCodePolicy.REQUIRED_ACTION,
            "codes by e-mail");

    private final String authenticator;
    private final String type;
    private final String requiredAction;
    private final String codes;

    VerificationCodeForm(String authenticator, String type, String requiredAction, String codes) {
        this.authenticator = authenticator;
        this.type = type;
        this.requiredAction = requiredAction;
        this.codes = codes;
    }

    String authenticator() {
        return authenticator;
    }

    /** The type of the credential. */
    String type() {
        return type;
    }

    String requiredAction() {
        return requiredAction;
    }

    /** What the form asks for, in words. */
    String codes() {
        return codes;
    }

    /** The forms that stand before this one. */
    List<VerificationCodeForm> stronger() {
        return switch (this) {
            case SMS -> List.of();
            case EMAIL -> List.of(SMS);
        };
    }

    /** The authenticators that stand after this form. */
    Set<String> later() {
        return Stream.concat(
                        those(other -> other.stronger().contains(this)).stream()
                                .map(VerificationCodeForm::authenticator),
                        Stream.of(OtpOrBackupCodeFormAuthenticatorFactory.ID))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Some of the forms, in their order. */
    static List<VerificationCodeForm> those(Predicate<VerificationCodeForm> which) {
        return Arrays.stream(values()).filter(which).toList();
    }
}
