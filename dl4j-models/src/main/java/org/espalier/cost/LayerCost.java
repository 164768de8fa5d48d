package org.espalier.cost;

/**
 * What one layer costs for one image.
 *
 * @param name the node's name
 * @param macs multiply-accumulates
 * @param parameters learned values
 * @param activationBytes bytes of float32 features held while it runs: its inputs, its output, and
 *     what later layers still wait for
 */
public record LayerCost(String name, long macs, long parameters, long activationBytes) {}
