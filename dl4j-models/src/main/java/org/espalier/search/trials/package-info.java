/**
 * Networks tried alone, shortly, round by round: what proposes them learns from how good they are.
 * Works for any space of networks and any proposer.
 *
 * <pre>{@code
 * batch = some networks within the budget                           Proposer.sample
 * until enough networks were tried:
 *   executors: train each of the batch from scratch, shortly        Retraining.perform
 *   learn from their validation accuracies; batch = the next ones   Proposer.learn
 * candidates = those tried, by what the proposer expects of them    TrialState.ranked
 * try the first of them for longer                                  FinalsSearch
 * }</pre>
 *
 * <p>What Li and Talwalkar ("Random search and reproducibility for neural architecture search", UAI
 * 2019) ask of every search is met by construction: the score of a network is that of its own
 * training. Sequential model-based search of this kind: White, Neiswanger and Savani, "BANANAS",
 * AAAI 2021.
 */
package org.espalier.search.trials;
