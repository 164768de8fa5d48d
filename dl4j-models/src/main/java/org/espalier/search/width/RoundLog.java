package org.espalier.search.width;

/**
 * What a round of the supernet looked like, for the report.
 *
 * @param loss mean training loss, in nats
 * @param accuracy mean validation accuracy of the policy's samples, a share; 0 in the warm-up
 * @param reward mean reward of the samples; 0 in the warm-up
 * @param cost mean share of the budget that the samples take; 0 in the warm-up
 * @param entropy of the policy, in nats
 * @param angle of the transition, in radians
 * @param level of sharing, mean over choices: the sum of squared Frobenius norms of {@code P_o^T
 *     P_o'}
 * @param normalisedLevel the same as a share of what full sharing has
 */
record RoundLog(
    double loss,
    double accuracy,
    double reward,
    double cost,
    double entropy,
    double angle,
    double level,
    double normalisedLevel) {}
