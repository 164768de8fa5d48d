package org.espalier.search.finals;

/** What the found network is compared with. */
public enum Baseline {
  /** The method's {@link Reference}, such as uniform widths, trained like the found network. */
  UNIFORM,
  /** The same, its trainings longer by the planned work of the search. */
  UNIFORM_LONGER,
  /** Random search at the planned work of the search, its best retrained like the found network. */
  RANDOM
}
