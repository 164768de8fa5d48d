package org.espalier.training;

/**
 * The best epoch so far, kept while early stopping is on.
 *
 * @param epoch from 1
 * @param accuracy on the validation part, in [0, 1]
 * @param weights as they were evaluated
 */
record BestEpoch(int epoch, double accuracy, TrainedWeights weights) {}
