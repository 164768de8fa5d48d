package org.espalier.search.width;

/** What the found network is compared with. */
public enum Baseline {
  /** The family's usual widths scaled by one factor to the budget, trained like the found one. */
  UNIFORM,
  /** The same, its trainings longer by the planned work of the search. */
  UNIFORM_LONGER,
  /** Random search at the planned work of the search, its best retrained like the found one. */
  RANDOM
}
