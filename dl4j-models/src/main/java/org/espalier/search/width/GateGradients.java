package org.espalier.search.width;

import java.util.List;

/**
 * How the loss of a batch would change if channels of a network counted for more or less.
 *
 * @param loss mean over the batch, in nats
 * @param correct how many were recognised
 * @param channels for each position of the family's widths and each channel the gradient of a
 *     factor, which is 1, on what the channel gives after its batch norm: the loss changes by minus
 *     this number, to first order, if the channel is left out (Molchanov et al., ICLR 2017,
 *     equation 8). Their sum, the gate of the whole layer, is close to 0 where nothing but another
 *     batch norm reads the layer, since that one takes any common factor out again
 */
public record GateGradients(double loss, int correct, List<List<Double>> channels) {
  public GateGradients {
    channels = channels.stream().map(List::copyOf).toList();
  }
}
