package org.espalier.autograd;

import org.espalier.tensor.Tensor;

/** The backward pass of one operation. */
@FunctionalInterface
public interface Backward {
  /**
   * Adds the gradients of the operation's inputs.
   *
   * @param gradient gradient of the loss with respect to the operation's value; must not be written
   */
  void run(Tensor gradient);
}
