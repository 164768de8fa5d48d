package org.espalier.search.width;

/**
 * What a training step gave.
 *
 * @param loss mean over the batch, before the update
 * @param correct how many were recognised, before the update
 * @param images of the batch
 * @param sound whether loss and gradients were finite; if not, nothing was changed
 */
public record Passed(double loss, int correct, int images, boolean sound) {}
