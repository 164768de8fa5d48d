package org.espalier.training;

/**
 * What one step did.
 *
 * @param step from 1, over the whole training
 * @param epoch the epoch it belongs to, from 1
 * @param examples images it was done on
 * @param loss mean loss of these, before the update
 * @param accuracy share of them recognised, before the update
 * @param learningRate of the update
 * @param gradientNorm Euclidean norm of the gradient over all parameters, before clipping
 */
public record StepFigures(
    long step,
    int epoch,
    int examples,
    double loss,
    double accuracy,
    double learningRate,
    double gradientNorm) {}
