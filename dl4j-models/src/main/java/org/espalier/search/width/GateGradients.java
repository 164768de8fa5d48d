package org.espalier.search.width;

import java.util.List;

/**
 * How the loss of a batch would change if layers of a network counted for more or less.
 *
 * @param loss mean over the batch
 * @param correct how many were recognised
 * @param gates for each choice of the space the gradient of a factor, which is 1, on what the
 *     choice's layers give after their batch norm. Where nothing but another batch norm reads a
 *     layer this is close to 0, since that one takes any factor out again
 * @param channels for each position of the family's widths the same for each channel by itself: the
 *     loss changes by minus this number, to first order, if the channel is left out (Molchanov et
 *     al., ICLR 2017, equation 8)
 */
public record GateGradients(
    double loss, int correct, List<Double> gates, List<List<Double>> channels) {
  public GateGradients {
    gates = List.copyOf(gates);
    channels = channels.stream().map(List::copyOf).toList();
  }
}
