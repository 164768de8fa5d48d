/**
 * What runs a {@link org.espalier.search.Search}: {@link org.espalier.search.rounds.SearchDriver}
 * loops over rounds, deals items to groups and folds what comes back in a fixed order; {@link
 * org.espalier.search.rounds.GroupRunner} performs a group wherever it is; {@link
 * org.espalier.search.rounds.LocalRounds} performs rounds in this process.
 */
package org.espalier.search.rounds;
