package org.espalier.cost;

import org.espalier.network.FeatureShape;
import org.espalier.network.Layer;

/**
 * What one layer costs for one image.
 *
 * @param name the node's name
 * @param macs multiply-accumulates
 * @param parameters learned values
 * @param activationBytes bytes of float32 features held while it runs: its inputs, its output, and
 *     what later layers still wait for
 * @param layer what is computed
 * @param input shape of its first input
 * @param output shape of what it gives
 */
public record LayerCost(
    String name,
    long macs,
    long parameters,
    long activationBytes,
    Layer layer,
    FeatureShape input,
    FeatureShape output) {}
