package org.espalier.tensor;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/** A call of one of ND4J's named operations with given outputs. */
final class NativeOperation {
  private final String name;
  private long[] integers = {};
  private boolean oneDnn = true;

  private NativeOperation(String name) {
    this.name = name;
  }

  static NativeOperation named(String name) {
    return new NativeOperation(name);
  }

  NativeOperation integers(long... arguments) {
    integers = arguments;
    return this;
  }

  /** Whether ND4J may hand the work to oneDNN; it may by default. */
  NativeOperation oneDnn(boolean allowed) {
    oneDnn = allowed;
    return this;
  }

  void run(List<INDArray> inputs, List<INDArray> outputs) {
    OpContext context = Nd4j.getExecutioner().buildContext();
    try {
      context.setInputArrays(inputs);
      context.setOutputArrays(outputs);
      context.setIArguments(integers);
      context.allowHelpers(oneDnn);
      Nd4j.exec(DynamicCustomOp.builder(name).build(), context);
    } finally {
      close(context);
    }
  }

  private void close(OpContext context) {
    try {
      context.close();
    } catch (Exception failure) {
      throw new IllegalStateException("closing the context of " + name, failure);
    }
  }
}
