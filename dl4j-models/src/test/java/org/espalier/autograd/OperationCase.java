package org.espalier.autograd;

import java.util.List;
import java.util.function.Function;

/**
 * An operation on given inputs, beside the loops that define it.
 *
 * @param name of the test
 * @param inputs and what is asked of the gradients
 * @param operation the engine's
 * @param loops the same in plain Java
 */
record OperationCase(
    String name,
    GradientCheck inputs,
    Function<List<Variable>, Variable> operation,
    Function<List<Numbers>, Numbers> loops) {

  /** Adds the case of these components. */
  static void add(
      List<OperationCase> cases,
      String name,
      GradientCheck inputs,
      Function<List<Variable>, Variable> operation,
      Function<List<Numbers>, Numbers> loops) {
    cases.add(new OperationCase(name, inputs, operation, loops));
  }

  @Override
  public String toString() {
    return name;
  }
}
