package org.espalier.network;

import org.espalier.autograd.Tape;
import org.espalier.autograd.Variable;
import org.espalier.tensor.Tensor;

/**
 * Where the layers of a {@link Network} get their parameters and buffers from: a {@link
 * ParameterSet}, or weights that are computed for each pass, such as those shared between networks.
 * Names are those of {@link ParameterSet}.
 */
public interface LayerParameters {

  /** The network these belong to. */
  NetworkSpec spec();

  /**
   * Where one parameter comes from; asked for once, when the network is made.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  Source source(String name);

  /**
   * One buffer, {@code [channels]}; asked for once, when the network is made.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  Tensor buffer(String name);

  /** Gives one parameter to each pass. */
  @FunctionalInterface
  interface Source {
    /**
     * The parameter on the tape of a pass.
     *
     * @param trained whether its gradient is wanted
     */
    Variable on(Tape tape, boolean trained);
  }
}
