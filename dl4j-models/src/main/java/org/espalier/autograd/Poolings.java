package org.espalier.autograd;

import java.util.List;
import java.util.Optional;
import org.espalier.tensor.PoolingKernels;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.espalier.tensor.Window;

/**
 * Pooling of images {@code [batch, height, width, channels]}, padded by {@code (kernel - 1) / 2};
 * padded places do not count.
 */
public final class Poolings {
  private Poolings() {}

  /** The largest value in each window; a tie gives its gradient to the first. */
  public static Variable max(Variable images, int kernel, int stride) {
    return pool(PoolingKernels.Kind.MAX, images, new Window(kernel, stride, 1));
  }

  /** The mean of each window. */
  public static Variable average(Variable images, int kernel, int stride) {
    return pool(PoolingKernels.Kind.AVERAGE, images, new Window(kernel, stride, 1));
  }

  private static Variable pool(PoolingKernels.Kind kind, Variable images, Window window) {
    Tape tape = images.tape();
    Tensor value = tape.allocate(window.output(images.shape(), images.shape().channels()));
    Optional<Tensor> winners =
        PoolingKernels.winnersShape(kind, window, images.value()).map(tape::allocate);
    var operands = new PoolingKernels.Operands(images.value(), value, winners);
    PoolingKernels.forward(kind, window, operands);
    return tape.recordSaving(
        value,
        gradient ->
            images.addGradient(
                target -> PoolingKernels.backward(kind, window, operands, gradient, target)),
        winners.map(List::of).orElse(List.of()),
        images);
  }

  /** Mean over height and width: {@code [batch, c]}. */
  public static Variable globalAverage(Variable images) {
    if (images.shape().rank() != 4) {
      throw new IllegalArgumentException(
          "images are [batch, height, width, channels], got " + images.shape());
    }
    Shape shape = Shape.of(images.shape().dimension(0), images.shape().channels());
    Tensor value = images.tape().allocate(shape);
    PoolingKernels.globalAverage(images.value(), value);
    return images
        .tape()
        .record(
            value,
            gradient ->
                images.addGradient(
                    target -> PoolingKernels.globalAverageBackward(gradient, target)),
            images);
  }
}
