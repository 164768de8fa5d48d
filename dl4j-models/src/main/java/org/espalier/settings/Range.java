package org.espalier.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which numbers a component of a settings record may hold, or the elements of a list or mapping in
 * it. It stands here alone: {@link Checks#ranges} refuses by it, and the JSON Schema shows it. What
 * is not finite is in no range.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface Range {
  /**
   * The most there may be of what is counted: far above every use, and the product of three such
   * counts is still a whole number of 64 bits.
   */
  double MANY = 1_000_000;

  /** The least. */
  double min() default Double.NEGATIVE_INFINITY;

  /** The most. */
  double max() default Double.POSITIVE_INFINITY;

  /** What it must be above. */
  double above() default Double.NEGATIVE_INFINITY;

  /** What it must be below. */
  double below() default Double.POSITIVE_INFINITY;
}
