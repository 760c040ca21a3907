package dev.windrow.app.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** What is said of a setting that has no words of its own in its type. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@interface SettingText {
    /** What it is for. */
    String value();

    /** What is done where it is not set, for one without a {@link DefaultValue}. */
    String otherwise() default "";
}
