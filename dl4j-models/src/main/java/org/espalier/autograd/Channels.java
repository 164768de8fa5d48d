package org.espalier.autograd;

import java.util.List;
import org.espalier.tensor.ChannelKernels;
import org.espalier.tensor.Tensor;

/** Joining and cutting along the last axis. */
public final class Channels {
  private Channels() {}

  /**
   * Joins along the last axis.
   *
   * @param parts at least one; the other axes agree
   */
  public static Variable concatenate(List<Variable> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to concatenate");
    }
    Variable first = parts.get(0);
    int channels = 0;
    for (Variable part : parts) {
      Elementwise.checkEqual(first.shape().withChannels(1), part.shape().withChannels(1));
      channels += part.shape().channels();
    }
    Tensor value = first.tape().allocate(first.shape().withChannels(channels));
    int from = 0;
    for (Variable part : parts) {
      ChannelKernels.write(part.value(), from, value);
      from += part.shape().channels();
    }
    return first
        .tape()
        .record(
            value,
            gradient -> concatenateBackward(parts, gradient),
            parts.toArray(Variable[]::new));
  }

  private static void concatenateBackward(List<Variable> parts, Tensor gradient) {
    int start = 0;
    for (Variable part : parts) {
      int from = start;
      part.addGradient(target -> ChannelKernels.read(gradient, from, target));
      start += part.shape().channels();
    }
  }

  /**
   * Channels {@code from} (inclusive) to {@code to} (exclusive).
   *
   * @param x {@code [..., channels]}
   */
  public static Variable slice(Variable x, int from, int to) {
    if (from < 0 || to <= from || to > x.shape().channels()) {
      throw new IllegalArgumentException(
          "need 0 <= from < to <= %s, got [%s, %s)".formatted(x.shape().channels(), from, to));
    }
    Tensor value = x.tape().allocate(x.shape().withChannels(to - from));
    ChannelKernels.read(x.value(), from, value);
    return x.tape()
        .record(
            value,
            gradient ->
                x.addGradient(
                    target -> {
                      target.fill(0);
                      ChannelKernels.write(gradient, from, target);
                    }),
            x);
  }
}
