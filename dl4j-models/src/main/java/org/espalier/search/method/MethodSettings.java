package org.espalier.search.method;

import java.util.Optional;
import org.espalier.cost.Budget;
import org.espalier.data.SplitSettings;

/**
 * What the settings of every method say. They are records, which a configuration has under {@link
 * Method#key}.
 */
public interface MethodSettings {
  /** The parts of the data; the search learns from training and validation alone. */
  SplitSettings split();

  /** What is searched, in one line for people, for example {@code "24 networks of ..."}. */
  String describe();

  /** What a network may cost, if it is limited; nothing over it is ever handed over. */
  default Optional<Budget> limit() {
    return Optional.empty();
  }

  /**
   * Refuses settings that serve a study but leave a search without anything to hand over. Called
   * where a configuration of a search is read.
   *
   * @throws org.espalier.settings.SettingException naming a component of these settings
   */
  default void checkHandsOver() {}
}
