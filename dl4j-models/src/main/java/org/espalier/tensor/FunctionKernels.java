package org.espalier.tensor;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.Relu6;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMultiplication;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarReverseSubtraction;
import org.nd4j.linalg.api.ops.impl.transforms.same.Sign;
import org.nd4j.linalg.api.ops.impl.transforms.same.Square;
import org.nd4j.linalg.api.ops.impl.transforms.same.TimesOneMinus;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Cos;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.HardTanh;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sin;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;

/** Functions of one number, applied to each element, and their slopes. */
public final class FunctionKernels {
  private FunctionKernels() {}

  /** A function {@code y = f(x)} whose slope follows from {@code x} and {@code y}. */
  public enum Function {
    /** {@code min(max(x, 0), 6)}; the slope is zero at both corners. */
    RELU6 {
      @Override
      void value(INDArray x, INDArray target) {
        Nd4j.exec(new Relu6(x, target));
      }

      @Override
      void slope(INDArray x, INDArray y, INDArray target) {
        // y (6 - y) is positive between the corners and zero at and beyond them.
        Nd4j.exec(new ScalarReverseSubtraction(y, null, target, 6));
        target.muli(y);
        Nd4j.exec(new Sign(target, target));
      }
    },
    /** {@code x * min(max(x + 3, 0), 6) / 6} (Howard et al., ICCV 2019, section 5.2). */
    HARD_SWISH {
      @Override
      void value(INDArray x, INDArray target) {
        gate(x, target);
        target.muli(x);
      }

      @Override
      void slope(INDArray x, INDArray y, INDArray target) {
        gate(x, target);
        // With the gate s, the slope is s, and where 0 < s < 1 it is s + x / 6.
        INDArray bend = target.ulike();
        Nd4j.exec(new TimesOneMinus(target, bend));
        Nd4j.exec(new Sign(bend, bend));
        target.addi(bend.muli(x).muli(1.0 / 6));
      }

      /** {@code min(max(x + 3, 0), 6) / 6}. */
      private static void gate(INDArray x, INDArray target) {
        Nd4j.exec(new ScalarMultiplication(x, null, target, 1.0 / 3));
        Nd4j.exec(new HardTanh(target, target));
        target.addi(1).muli(0.5);
      }
    },
    /** {@code 1 / (1 + exp(-x))}. */
    SIGMOID {
      @Override
      void value(INDArray x, INDArray target) {
        Nd4j.exec(new Sigmoid(x, target));
      }

      @Override
      void slope(INDArray x, INDArray y, INDArray target) {
        Nd4j.exec(new TimesOneMinus(y, target));
      }
    },
    /** Hyperbolic tangent. */
    TANH {
      @Override
      void value(INDArray x, INDArray target) {
        Nd4j.exec(new Tanh(x, target));
      }

      @Override
      void slope(INDArray x, INDArray y, INDArray target) {
        Nd4j.exec(new Square(y, target));
        Nd4j.exec(new ScalarReverseSubtraction(target, null, target, 1));
      }
    },
    /** Exponential. */
    EXP {
      @Override
      void value(INDArray x, INDArray target) {
        Nd4j.exec(new Exp(x, target));
      }

      @Override
      void slope(INDArray x, INDArray y, INDArray target) {
        target.assign(y);
      }
    },
    /** Natural logarithm; not a number below zero. */
    LOG {
      @Override
      void value(INDArray x, INDArray target) {
        Nd4j.exec(new Log(x, target));
      }

      @Override
      void slope(INDArray x, INDArray y, INDArray target) {
        x.rdivi(1, target);
      }
    },
    /** Sine of radians. */
    SINE {
      @Override
      void value(INDArray x, INDArray target) {
        Nd4j.exec(new Sin(x, target));
      }

      @Override
      void slope(INDArray x, INDArray y, INDArray target) {
        Nd4j.exec(new Cos(x, target));
      }
    },
    /** {@code x^2}. */
    SQUARE {
      @Override
      void value(INDArray x, INDArray target) {
        Nd4j.exec(new Square(x, target));
      }

      @Override
      void slope(INDArray x, INDArray y, INDArray target) {
        Nd4j.exec(new ScalarMultiplication(x, null, target, 2));
      }
    };

    abstract void value(INDArray x, INDArray target);

    abstract void slope(INDArray x, INDArray y, INDArray target);
  }

  /** {@code output = function(input)}. */
  public static void apply(Function function, Tensor input, Tensor output) {
    if (OneDnnFunction.serves(function, output)) {
      OneDnnFunction.apply(function, input, output);
      return;
    }
    function.value(input.array(), output.array());
  }

  /**
   * {@code target = gradient * slope}.
   *
   * @param output what {@link #apply} gave for {@code input}
   * @param target neither of the others
   */
  public static void gradient(
      Function function, Tensor input, Tensor output, Tensor gradient, Tensor target) {
    if (OneDnnFunction.serves(function, target)) {
      OneDnnFunction.gradient(function, input, output, gradient, target);
      return;
    }
    function.slope(input.array(), output.array(), target.array());
    target.array().muli(gradient.array());
  }
}
