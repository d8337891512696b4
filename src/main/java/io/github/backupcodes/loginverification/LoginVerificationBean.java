package io.github.backupcodes.loginverification;

import io.github.backupcodes.flow.SecondFactorOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The template model of the page that turns on login verification. Public, with getters, because FreeMarker reads it.
 */
public final class LoginVerificationBean {

    private final List<Factor> factors;
    private final boolean codesFollow;
    private final @Nullable String skippableUntil;

    LoginVerificationBean(List<SecondFactorOption> offered, boolean codesFollow, @Nullable String skippableUntil) {
        this.factors = List.copyOf(offered.stream().map(Factor::new).toList());
        this.codesFollow = codesFollow;
        this.skippableUntil = skippableUntil;
    }

    /** The second factors that can be set up: at least one. */
    public List<Factor> getFactors() {
        return factors;
    }

    /** Whether backup codes are generated afterwards. */
    public boolean isCodesFollow() {
        return codesFollow;
    }

    /** The last day on which it can be postponed, in the user's language; null if it cannot. */
    public @Nullable String getSkippableUntil() {
        return skippableUntil;
    }

    /** A second factor. */
    public static final class Factor {

        private final SecondFactorOption offered;

        Factor(SecondFactorOption offered) {
            this.offered = offered;
        }

        /** The type of the credential; it is submitted with the form. */
        public String getType() {
            return offered.type();
        }

        /** Its name: a message key, or the text itself. */
        public String getName() {
            return offered.name();
        }

        /** Its description: a message key, or the text itself. */
        public String getHelp() {
            return offered.help();
        }

        /** A property of the theme that holds the CSS classes of its icon, or these classes. */
        public String getIcon() {
            return offered.icon();
        }
    }
}
