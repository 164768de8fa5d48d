package org.espalier.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Objects;

/**
 * The one section that a configuration has of several it could have. Its key stands among the other
 * keys and says which it is.
 *
 * @param key of the section
 * @param settings in it
 */
public record ChosenSection(String key, Record settings) {
  public ChosenSection {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(settings, "settings");
  }

  /** Says of a component of this type which sections there are. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface Among {
    /** Lists the sections; has a constructor without parameters. */
    Class<? extends Kinds> value();

    /** What the section is, for people who left it out. */
    String what();
  }

  /** The sections there are, which may depend on what is on the class path. */
  @FunctionalInterface
  public interface Kinds {
    /** The sections, in the order in which people read them; their keys differ. */
    List<Kind> kinds();
  }

  /**
   * A section that there may be.
   *
   * @param key of it
   * @param type of the settings in it
   * @param description for people
   */
  public record Kind(String key, Class<? extends Record> type, String description) {}
}
