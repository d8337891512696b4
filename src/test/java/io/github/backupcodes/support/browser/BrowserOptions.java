package io.github.backupcodes.support.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How the browser of a person is set up; on a test class, a test or a parameter, the nearest one counts. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.PARAMETER})
public @interface BrowserOptions {

    /** The language that the browser asks for. */
    String locale() default "en-US";

    /** Whether the person prefers dark colours. */
    boolean dark() default false;

    /** The width of the window. */
    int width() default 1280;

    /** The height of the window. */
    int height() default 900;

    /**
     * Whether scripts run.
     *
     * @return false for a browser without scripts
     */
    boolean scripts() default true;

    /** The time zone of the person. */
    String timeZone() default "UTC";
}
