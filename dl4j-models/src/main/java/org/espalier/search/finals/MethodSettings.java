package org.espalier.search.finals;

import org.espalier.cost.Budget;
import org.espalier.data.SplitSettings;

/** What the settings of every method that searches networks under a budget say. */
public interface MethodSettings {
  /** The parts of the data; the search learns from training and validation alone. */
  SplitSettings split();

  /** What a network may cost; nothing over it is ever handed over. */
  Budget budget();

  /** What is searched, in one line for people, for example {@code "24 networks of ..."}. */
  String describe();
}
