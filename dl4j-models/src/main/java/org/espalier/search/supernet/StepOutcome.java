package org.espalier.search.supernet;

/**
 * What a step of a supernet gave.
 *
 * @param loss mean over the batch, before the update, in nats
 * @param correct how many were recognised, before the update
 * @param images of the batch
 * @param sound whether loss and gradients were finite; if not, nothing was changed
 */
public record StepOutcome(double loss, int correct, int images, boolean sound) {}
