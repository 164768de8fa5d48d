package org.espalier.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A component of a settings record that must be given: it has no default. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface Required {
  /** What it is, for people who left it out; for example {@code "what a network may cost"}. */
  String value() default "";

  /** A value as it would stand in a configuration, for editors; empty for none. */
  String example() default "";
}
