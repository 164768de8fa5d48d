package org.espalier.config;

import java.util.List;
import org.espalier.text.InputException;

/**
 * A configuration that cannot be used. Each problem is one line that begins with {@code
 * file:line:column}.
 */
public final class ConfigException extends InputException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  ConfigException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** One problem. */
  public ConfigException(String problem) {
    this(List.of(problem));
  }

  /** What is wrong, in the order of the file. */
  public List<String> problems() {
    return problems;
  }
}
