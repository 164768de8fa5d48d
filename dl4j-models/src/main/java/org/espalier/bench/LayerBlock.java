package org.espalier.bench;

import java.util.List;
import org.espalier.autograd.Tape;
import org.espalier.autograd.Variable;

/** Part of a benchmark network. */
@FunctionalInterface
interface LayerBlock {
  Variable forward(Tape tape, Variable input);

  /** One block after the other. */
  static LayerBlock sequence(LayerBlock... blocks) {
    return sequence(List.of(blocks));
  }

  /** One block after the other. */
  static LayerBlock sequence(List<LayerBlock> blocks) {
    return (tape, input) -> {
      Variable value = input;
      for (LayerBlock block : blocks) {
        value = block.forward(tape, value);
      }
      return value;
    };
  }
}
