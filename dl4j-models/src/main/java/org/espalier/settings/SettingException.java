package org.espalier.settings;

import org.espalier.text.InputException;

/** A value of a setting breaks a rule. Readers of configurations show it where the key stands. */
public final class SettingException extends InputException {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final String problem;

  /**
   * Says which setting is wrong, and how.
   *
   * @param key name of the record's component, with the components inside it after dots, for
   *     example {@code "choices.layers"}
   * @param problem what the value must be and what it was, for example {@code "must be at least 1,
   *     got 0"}
   */
  public SettingException(String key, String problem) {
    super(key + " " + problem);
    this.key = key;
    this.problem = problem;
  }

  /** The same, where the record is a component of another one. */
  public SettingException under(String outer) {
    return new SettingException(outer + "." + key, problem);
  }

  /** Name of the component, with the components inside it after dots. */
  public String key() {
    return key;
  }
}
