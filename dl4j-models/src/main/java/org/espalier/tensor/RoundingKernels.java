package org.espalier.tensor;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMax;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMin;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarReverseSubtraction;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.same.Sign;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Rint;
import org.nd4j.linalg.factory.Nd4j;

/** Rounding to whole numbers. */
public final class RoundingKernels {
  private RoundingKernels() {}

  /** {@code output} = the nearest whole number, the even one of two. */
  public static void round(Tensor input, Tensor output) {
    Nd4j.exec(new Rint(input.array(), output.array()));
  }

  /** {@code output = min(max(input, low), high)}. */
  public static void clip(Tensor input, double low, double high, Tensor output) {
    Nd4j.exec(new ScalarMax(input.array(), null, output.array(), low));
    Nd4j.exec(new ScalarMin(output.array(), null, output.array(), high));
  }

  /** {@code target = gradient where low <= input <= high, else 0}. */
  public static void clipGradient(
      Tensor input, double low, double high, Tensor gradient, Tensor target) {
    INDArray inside = target.array();
    clip(input, low, high, target);
    inside.subi(input.array());
    Nd4j.exec(new Sign(inside, inside));
    Nd4j.exec(new Abs(inside, inside));
    Nd4j.exec(new ScalarReverseSubtraction(inside, null, inside, 1));
    inside.muli(gradient.array());
  }
}
