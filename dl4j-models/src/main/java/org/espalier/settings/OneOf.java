package org.espalier.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Of some components of a settings record one must be given; none of them has a default. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface OneOf {
  /** Names of the components. */
  String[] value();

  /** Whether they exclude each other. */
  boolean exclusive();

  /** What they are, for people who left them out; for example {@code "what a network may cost"}. */
  String what() default "";
}
